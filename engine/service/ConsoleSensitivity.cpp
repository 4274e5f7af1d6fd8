// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine sensitivity`: what each layer's pruning alone costs, on the terminal.
#include "engine/graph/ProjectFile.h"
#include "engine/graph/PruningParameters.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/Sensitivity.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace espalier {
namespace {

/// "score=lamp" as the Prune node's parameter.
Result<PruneOptions> optionsOf(const std::vector<std::string>& settings)
{
    Json given = Json::object();
    for (const std::string& setting : settings) {
        const auto equals = setting.find('=');
        const auto& specs = pruningParameters();
        const auto spec = std::find_if(specs.begin(), specs.end(), [&](const ParameterSpec& s) { return s.id == setting.substr(0, equals); });
        if (equals == std::string::npos || spec == specs.end())
            return Error{ErrorCode::InvalidArgument, "'--set " + setting + "' cannot be read.",
                         "Write it as --set parameter=value; `espalier-engine catalog` lists the parameters of the Prune node.", {}};
        ESPALIER_TRY(given[spec->id], parseParameter(*spec, setting.substr(equals + 1)));
    }
    ESPALIER_TRY(const Parameters choice, pruningChoice(given));
    return pruneOptions(choice);
}

void print(const SensitivityReport& report)
{
    std::printf("%-44s accuracy %.2f %%, loss %.3f on %lld validation sentences\n", "as it is", 100 * report.accuracy, report.loss, static_cast<long long>(report.examples));
    std::printf("%-44s", "points lost at a sparsity of");
    for (const double sparsity : sensitivitySparsities)
        std::printf(" %8.0f %%", 100 * sparsity);
    std::printf("\n");
    for (const LayerSensitivity& layer : report.layers) {
        std::printf("%-44s", layer.layer.c_str());
        for (const SensitivityPoint& point : layer.points)
            std::printf(" %10.2f", 100 * (report.accuracy - point.accuracy));
        std::printf("\n%-44s", "  loss");
        for (const SensitivityPoint& point : layer.points)
            std::printf(" %+10.3f", point.loss - report.loss);
        std::printf("\n");
    }
}

Result<void> sensitivity(const SensitivityArguments& arguments)
{
    ESPALIER_TRY(Project project, loadProject(arguments.project));
    ESPALIER_TRY(const PruneOptions options, optionsOf(arguments.settings));
    RunContext context = console::context();
    Workspace workspace;
    Pipeline pipeline(workspace, std::move(project.graph), std::filesystem::absolute(arguments.project).parent_path());
    auto report = keptSensitivity(pipeline, arguments.node, options);
    if (!report) {
        ESPALIER_TRY(report, measureSensitivity(pipeline, arguments.node, options, context));
    }
    if (arguments.json)
        std::cout << dumpJsonPretty(toJson(*report));
    else
        print(*report);
    return {};
}

} // namespace

int sensitivityCommand(const SensitivityArguments& arguments)
{
    const auto done = sensitivity(arguments);
    return done ? 0 : console::fail(done.error());
}

} // namespace espalier
