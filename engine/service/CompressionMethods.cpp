// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/CompressionMethods.h"

#include "engine/pipeline/CompressionRecords.h"
#include "engine/pipeline/RecipeRecords.h"
#include "engine/pipeline/RecipeSearch.h"
#include "engine/pipeline/Sweep.h"

namespace espalier {
namespace {

/// The project that a request brings, and the node that it asks about.
struct NodeRequest {
    Pipeline pipeline;
    std::string node;
    [[nodiscard]] std::string fingerprint() const { return pipeline.fingerprint(node); }
};

Result<NodeRequest> nodeRequest(MethodState& state, const Json& params)
{
    ESPALIER_TRY(ProjectRequest request, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(std::string node, fields.text("node"));
    Pipeline pipeline(state.workspace, std::move(request.project.graph), request.folder);
    pipeline.measureWith(state.workspace.meterOn(request.device, request.secrets[request.device.name]));
    return NodeRequest{std::move(pipeline), std::move(node)};
}

template <typename T>
Json listOf(const std::vector<T>& items)
{
    Json list = Json::array();
    for (const T& item : items)
        list.push_back(toJson(item));
    return list;
}

Result<Json> measuredOf(MethodState& state, const Json& params)
{
    ESPALIER_TRY(const NodeRequest asked, nodeRequest(state, params));
    return Json{{"points", listOf(CompressionRecords(asked.pipeline.folder(), asked.fingerprint(), *asked.pipeline.meter()).points())}};
}

Result<Json> searchesOf(MethodState& state, const Json& params)
{
    ESPALIER_TRY(const NodeRequest asked, nodeRequest(state, params));
    return Json{{"searches", listOf(keptRecipes(asked.pipeline.folder(), asked.fingerprint()))}};
}

/// How a sweep or search goes on. @p node: what it is about.
Json progressToJson(const std::string& node, const Progress& progress, std::optional<double> secondsLeft)
{
    Json params{{"node", node}, {"activity", progress.activity}, {"done", progress.done}, {"total", progress.total}, {"unit", progress.unit}};
    if (secondsLeft)
        params["seconds_left"] = *secondsLeft;
    return params;
}

Result<Json> swept(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    ESPALIER_TRY(NodeRequest about, nodeRequest(state, params));
    ESPALIER_TRY(const SweepPlan plan, sweepPlanFromJson(params));
    const auto notify = [&](const char* method, Json found) {
        found["node"] = about.node;
        state.writer.notify(method, found);
    };
    const SweepEvents events{.onPoint = [&](const SweepPoint& point) { notify("compression/point", toJson(point)); },
                             .onFailure = [&](const SweepFailure& failure) { notify("compression/failure", toJson(failure)); },
                             .onProgress = [&](const Progress& progress, std::optional<double> left) { notify("compression/progress", progressToJson(about.node, progress, left)); }};
    ESPALIER_TRY(const SweepReport report, sweep(about.pipeline, about.node, plan, events, context));
    return toJson(report);
}

Result<Json> searched(MethodState& state, const Json& params, const std::stop_token& stop)
{
    RunContext context{.stop = stop};
    ESPALIER_TRY(NodeRequest about, nodeRequest(state, params));
    ESPALIER_TRY(const RecipeRequest asked, recipeRequestFromJson(params));
    const RecipeEvents events{.onCandidate = [&](const RecipeReport& report) { state.writer.notify("compression/candidate", toJson(report)); },
                              .onProgress = [&](const Progress& progress, std::optional<double> left) {
                                  state.writer.notify("compression/progress", progressToJson(about.node, progress, left));
                              }};
    ESPALIER_TRY(const RecipeReport report, searchRecipe(about.pipeline, about.node, asked, events, context));
    return toJson(report);
}

} // namespace

MethodResult compressionSearch(MethodState& state, const Json& params, const std::stop_token& stop) { return wrapped(searched(state, params, stop)); }
MethodResult compressionMeasured(MethodState& state, const Json& params, const std::stop_token&) { return wrapped(measuredOf(state, params)); }
MethodResult compressionSearches(MethodState& state, const Json& params, const std::stop_token&) { return wrapped(searchesOf(state, params)); }
MethodResult compressionSweep(MethodState& state, const Json& params, const std::stop_token& stop) { return wrapped(swept(state, params, stop)); }

} // namespace espalier
