// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/TokenMethods.h"

#include "engine/pipeline/TokenView.h"

namespace espalier {
namespace {

/// The tokenizer that was asked for last, where it is still the same. The caller holds dataMutex.
Result<Tokenizer> tokenizerFor(MethodState& state, const Json& params, const std::string& node, const std::stop_token& stop)
{
    ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
    Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
    const std::string print = pipeline.fingerprint(node);
    if (state.tokenizer && !print.empty() && state.tokenizerPrint == print)
        return *state.tokenizer;
    RunContext context{.stop = stop};
    ESPALIER_TRY(Tokenizer tokenizer, tokenizerOf(pipeline, node, context));
    state.tokenizer = tokenizer;
    state.tokenizerPrint = print;
    return tokenizer;
}

Result<Json> tokenized(MethodState& state, const Json& params, const std::stop_token& stop)
{
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string node, fields.text("node"));
    ESPALIER_TRY(const std::string text, fields.text("text"));
    const std::lock_guard lock(state.dataMutex);
    ESPALIER_TRY(const Tokenizer tokenizer, tokenizerFor(state, params, node, stop));
    return Json{{"kind", tokenizer.spec().kind}, {"source", tokenizer.source()}, {"tokens", tokensToJson(tokenizer, text)}};
}

} // namespace

MethodResult tokenize(MethodState& state, const Json& params, const std::stop_token& stop)
{
    return wrapped(tokenized(state, params, stop));
}

} // namespace espalier
