// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine sweep`: what the window's sweep measures, on the terminal.
#include "engine/graph/PruningParameters.h"
#include "engine/pipeline/Sweep.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <sstream>

namespace espalier {
namespace {

/// "score=lamp,taylor" as a field of a sweep's request.
Result<void> addValues(const std::string& text, Json& request)
{
    const auto equals = text.find('=');
    const std::string id = text.substr(0, equals);
    const auto& specs = pruningParameters();
    const auto spec = std::find_if(specs.begin(), specs.end(), [&](const ParameterSpec& s) { return s.id == id; });
    if (equals == std::string::npos || spec == specs.end())
        return Error{ErrorCode::InvalidArgument, "'--over " + text + "' cannot be read.",
                     "Write it as --over sparsity=0.5,0.8, with any of Prune's parameters that choose weights.", {}};
    std::istringstream parts(text.substr(equals + 1));
    Json values = Json::array();
    for (std::string part; std::getline(parts, part, ',');) {
        const auto value = parseParameter(*spec, part);
        if (!value)
            return value.error().within("--over " + text);
        values.push_back(*value);
    }
    request[id] = std::move(values);
    return {};
}

/// What tells the choices of a sweep apart, beside the sparsity.
std::string choiceText(const Parameters& choice)
{
    std::string text;
    for (const ParameterSpec& spec : pruningParameters()) {
        const Json& value = choice.at(spec.id);
        const bool listed = spec.id == "score" || spec.id == "method" || spec.id == "pattern" || spec.id == "embeddings";
        if (listed || (spec.id != "sparsity" && value != spec.fallback))
            text += (text.empty() ? "" : " ") + (listed ? std::string() : spec.id + "=") + (value.is_string() ? value.get<std::string>() : dumpJson(value));
    }
    return text;
}

void printPoint(const SweepPoint& made)
{
    const SparsityPoint& point = made.point;
    std::printf("%-40s %6.2f %% sparse  accuracy %6.2f %%  macro-F1 %6.2f %%  %lld bytes\n", choiceText(made.choice).c_str(), 100 * point.sparsity,
                100 * point.accuracy, 100 * point.macroF1, static_cast<long long>(point.packageBytes));
    std::fflush(stdout);
}

Result<void> sweep(const SweepArguments& arguments)
{
    RunContext context = console::context();
    ESPALIER_TRY(Project project, console::loadWithSettings(arguments.project, arguments.settings));
    Json request{{"precision", arguments.precision}};
    for (const std::string& values : arguments.over)
        ESPALIER_CHECK(addValues(values, request));
    ESPALIER_TRY(const SweepPlan plan, sweepPlanFromJson(request));
    SweepEvents events{.onFailure = [](const SweepFailure& failure) { std::fprintf(stderr, "%s: %s\n", choiceText(failure.choice).c_str(), failure.reason.c_str()); },
                       .onProgress = [&](const Progress& progress, std::optional<double>) { context.progress(progress); }};
    if (!arguments.json)
        events.onPoint = printPoint;
    Workspace workspace;
    Pipeline pipeline(workspace, std::move(project.graph), std::filesystem::absolute(arguments.project).parent_path());
    ESPALIER_TRY(const SweepReport report, espalier::sweep(pipeline, arguments.node, plan, events, context));
    if (arguments.json)
        std::cout << dumpJsonPretty(toJson(report));
    std::fprintf(stderr, "%zu of %lld points, %lld of them measured before\n", report.points.size(), static_cast<long long>(report.asked),
                 static_cast<long long>(report.known));
    if (context.cancelled())
        return cancelledError();
    return {};
}

} // namespace

int sweepCommand(const SweepArguments& arguments)
{
    const auto done = sweep(arguments);
    return done ? 0 : console::fail(done.error());
}

} // namespace espalier
