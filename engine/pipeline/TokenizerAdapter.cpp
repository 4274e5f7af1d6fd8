// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/Validator.h"
#include "engine/pipeline/Adapters.h"
#include "engine/tokenizers/loading/TokenizerFile.h"
#include "engine/tokenizers/training/TokenizerLearner.h"

#include <algorithm>
#include <array>

namespace espalier::adapters {
namespace {

bool isSubword(const std::string& kind)
{
    constexpr std::array<std::string_view, 3> kinds{"wordpiece", "bpe", "unigram"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Result<Artefact> load(const StageInputs& inputs)
{
    const auto file = inputs.parameter<std::string>("vocabulary_file");
    if (file.empty())
        return Error{ErrorCode::InvalidArgument, "No tokenizer file is chosen.", "Choose one, or another kind.", {}};
    const auto merges = inputs.parameter<std::string>("merges_file");
    const TokenizerFileOptions options{.maxLength = inputs.parameter<int>("max_length"),
                                       .lowercase = inputs.parameter<bool>("lowercase"),
                                       .merges = merges.empty() ? std::filesystem::path() : resolvePath(inputs.projectFolder, merges)};
    ESPALIER_TRY(Tokenizer tokenizer, loadTokenizer(resolvePath(inputs.projectFolder, file), options));
    return Artefact(std::move(tokenizer));
}

} // namespace

Result<Artefact> runTokenizer(const StageInputs& inputs, RunContext& context)
{
    const auto kind = inputs.parameter<std::string>("kind");
    if (kind == "file")
        return load(inputs);
    const TokenizerSpec spec{.kind = kind,
                             .normalization = inputs.parameter<std::string>("normalization"),
                             .lowercase = inputs.parameter<bool>("lowercase"),
                             .maxLength = inputs.parameter<int>("max_length")};
    const LearnerOptions options{.minFrequency = inputs.parameter<std::int64_t>("min_frequency"),
                                 .maxVocabulary = inputs.parameter<std::int64_t>(isSubword(kind) ? "subword_vocabulary" : "max_vocabulary")};
    ESPALIER_TRY(TokenizerLearner learner, TokenizerLearner::create(spec, options));
    for (const Example& example : inputs.input<Splits>("splits").train) {
        if (context.cancelled())
            return cancelledError();
        learner.add(example.text);
    }
    ESPALIER_TRY(Tokenizer tokenizer, learner.finish(context));
    return Artefact(std::move(tokenizer));
}

} // namespace espalier::adapters
