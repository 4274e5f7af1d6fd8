// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/StudyMethods.h"

#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/Sensitivity.h"

#include <chrono>

namespace espalier {
namespace {

constexpr std::chrono::milliseconds interval{50};

/// Sends `sensitivity/progress`, at most about 20 times a second.
std::function<void(const Progress&)> progressOf(RpcWriter& writer, std::string node)
{
    return [&writer, node = std::move(node), last = std::chrono::steady_clock::time_point()](const Progress& progress) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < interval)
            return;
        last = now;
        writer.notify("sensitivity/progress", {{"node", node}, {"activity", progress.activity}, {"done", progress.done}, {"total", progress.total},
                                               {"unit", progress.unit}});
    };
}

/// Its own lab: a measurement that takes long does not keep the slider waiting.
Result<Json> sensitivityOf(MethodState& state, const Json& params, const std::stop_token& stop)
{
    ESPALIER_TRY(ProjectRequest project, projectRequestFromJson(params));
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ESPALIER_TRY(const std::string node, fields.text("node"));
    ESPALIER_TRY(const bool measure, fields.booleanOr("measure", false));
    ESPALIER_TRY(const Parameters choice, pruningChoice(params));
    ESPALIER_TRY(const PruneOptions options, pruneOptions(choice));
    Pipeline pipeline(state.workspace, std::move(project.project.graph), project.folder);
    if (const auto kept = keptSensitivity(pipeline, node, options))
        return Json{{"report", toJson(*kept)}};
    if (!measure)
        return Json{{"report", nullptr}};
    RunContext context{.stop = stop};
    context.onProgress = progressOf(state.writer, node);
    ESPALIER_TRY(const SensitivityReport report, measureSensitivity(pipeline, node, options, context));
    return Json{{"report", toJson(report)}};
}

} // namespace

MethodResult compressionSensitivity(MethodState& state, const Json& params, const std::stop_token& stop)
{
    return wrapped(sensitivityOf(state, params, stop));
}

} // namespace espalier
