// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/TokenView.h"

namespace espalier {

Result<Tokenizer> tokenizerOf(Pipeline& pipeline, const std::string& node, RunContext& context)
{
    if (!pipeline.graph().node(node))
        return Error{ErrorCode::NotFound, "There is no node '" + node + "'.", {}, {}};
    if (pipeline.fingerprint(node).empty())
        return Error{ErrorCode::NotFound, "Node '" + node + "' has no tokenizer yet.", "Choose the data files, and connect its inputs.", {}};
    ESPALIER_TRY(const ArtefactPtr artefact, pipeline.value(node, context));
    if (const auto* tokenizer = std::get_if<Tokenizer>(artefact.get()))
        return *tokenizer;
    if (const auto* model = std::get_if<ModelArtefact>(artefact.get()))
        return model->tokenizer;
    if (const auto* checkpoint = std::get_if<CheckpointArtefact>(artefact.get()))
        return checkpoint->checkpoint.tokenizer;
    return Error{ErrorCode::InvalidArgument, "Node '" + node + "' has no tokenizer.", "Choose a tokenizer, a model or a node that trains one.", {}};
}

Json tokensToJson(const Tokenizer& tokenizer, const std::string& text)
{
    Json list = Json::array();
    for (const Token& token : tokenizer.tokenize(text)) {
        const auto id = static_cast<std::size_t>(token.id);
        Json json{{"id", token.id}, {"token", tokenizer.vocabulary()[id]}, {"begin", token.begin}, {"end", token.end}};
        if (!tokenizer.source().empty())
            json["file_id"] = tokenizer.fileIds()[id];
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace espalier
