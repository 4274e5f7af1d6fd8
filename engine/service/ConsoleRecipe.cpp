// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-engine recipe`: the search for a recipe within budgets, on the terminal.
#include "engine/deployment/DeviceStore.h"
#include "engine/graph/RecipeSteps.h"
#include "engine/pipeline/RecipeSearch.h"
#include "engine/service/CommandLine.h"
#include "engine/service/Console.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace espalier {
namespace {

/// "prune score=lamp sparsity=0.9": the parameters that differ from the defaults.
std::string stepsText(const std::vector<RecipeStep>& steps)
{
    std::string text;
    for (const RecipeStep& step : steps) {
        text += (text.empty() ? "" : ", ") + step.type;
        for (const auto& [id, value] : step.parameters)
            text += " " + id + "=" + (value.is_string() ? value.get<std::string>() : dumpJson(value));
    }
    return text;
}

std::string figure(const BudgetKind& kind, double value)
{
    char text[48];
    std::snprintf(text, sizeof text, kind.unit == "bytes" ? "%.0f %s" : "%.2f %s", value, kind.unit.c_str());
    return text;
}

std::string checkText(const BudgetCheck& check)
{
    const BudgetKind& kind = *budgetKinds().find(check.kind);
    if (check.state == BudgetState::Unknown)
        return kind.label + " not measured";
    const std::string value = kind.label + " " + figure(kind, check.value);
    const std::string limit = figure(kind, check.limit);
    switch (check.state) {
    case BudgetState::MetWithinNoise: return value + " of at most " + limit + ", a difference within noise";
    case BudgetState::MissedWithinNoise: return value + ", above " + limit + ", but within noise";
    case BudgetState::Missed: return value + ", above " + limit;
    default: return value + " of at most " + limit;
    }
}

const char* verdictOf(const RecipeCandidate& one)
{
    if (one.meetsAllClearly())
        return "meets all";
    if (one.meetsAll())
        return "meets all within noise";
    const bool missed = std::any_of(one.checks.begin(), one.checks.end(), [](const BudgetCheck& check) {
        return check.state == BudgetState::Missed || check.state == BudgetState::MissedWithinNoise;
    });
    return missed ? "misses" : "not all measured";
}

void printCandidate(const RecipeReport& report, std::size_t index)
{
    const RecipeCandidate& one = report.candidates[index];
    const std::string recipe = stepsText(one.steps);
    if (one.state == RecipeCandidate::State::Failed)
        std::printf("%3zu  failed: %s  (%s)\n", index, recipe.c_str(), one.reason.c_str());
    else if (one.state == RecipeCandidate::State::Predicted)
        std::printf("%3zu  %9lld bytes, predicted: too large  %s\n", index, static_cast<long long>(one.point.packageBytes), recipe.c_str());
    else
        std::printf("%3zu  %9lld bytes  %6.2f points lost +- %.2f  %s  %s%s\n", index, static_cast<long long>(one.point.packageBytes), one.pointsLost(report.dense), one.noise,
                    verdictOf(one), recipe.c_str(), one.confirmed ? "  (run)" : "");
    std::fflush(stdout);
}

const char* whyText(RecipeReport::Why why)
{
    switch (why) {
    case RecipeReport::Why::MostAccurate: return "It is the most accurate that meets every budget";
    case RecipeReport::Why::Smallest: return "It is the smallest that meets every budget";
    case RecipeReport::Why::Nearest: return "None meets every budget; it misses them by least";
    case RecipeReport::Why::NotMeasured: return "It meets every budget that could be measured";
    case RecipeReport::Why::None: break;
    }
    return "Nothing was found";
}

/// The candidates that nothing beats in size and accuracy, the smallest first.
void printFrontier(const RecipeReport& report)
{
    const std::vector<bool> kept = frontier(report);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (kept[i])
            order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return report.candidates[a].point.packageBytes < report.candidates[b].point.packageBytes; });
    std::printf("frontier:\n");
    for (const std::size_t i : order)
        printCandidate(report, i);
}

void printRecommendation(const RecipeReport& report)
{
    printFrontier(report);
    for (const std::string& kind : report.impossible)
        std::printf("No candidate meets %s of %s, even alone.\n", budgetKinds().find(kind)->label.c_str(), figure(*budgetKinds().find(kind), report.budgets.at(kind)).c_str());
    if (report.recommended < 0)
        return;
    const RecipeCandidate& one = report.candidates[static_cast<std::size_t>(report.recommended)];
    std::printf("recommended: %d  %s\n%s:\n", report.recommended, stepsText(one.steps).c_str(), whyText(report.why));
    for (const BudgetCheck& check : one.checks)
        std::printf("  %s\n", checkText(check).c_str());
    if (one.confirmed)
        std::printf("  Its nodes were run: these are the figures of that package.\n");
}

Json requestOf(const RecipeArguments& arguments)
{
    Json request{{"precision", arguments.precision}, {"trainings", arguments.trainings}};
    if (arguments.bytes)
        request["max_bytes"] = *arguments.bytes;
    if (arguments.points)
        request["max_points_lost"] = *arguments.points;
    if (arguments.milliseconds)
        request["max_milliseconds"] = *arguments.milliseconds;
    if (arguments.memory)
        request["max_memory_bytes"] = *arguments.memory;
    return request;
}

/// The project with the recommended nodes, written to a file of its own.
Result<void> save(Project project, const RecipeReport& report, const std::filesystem::path& file)
{
    if (report.recommended < 0)
        return Error{ErrorCode::NotFound, "There is no recipe to save.", "Give other budgets.", {}};
    ESPALIER_CHECK(applyRecipe(project.graph, report.node, report.candidates[static_cast<std::size_t>(report.recommended)].steps));
    return saveProject(file, project);
}

Result<void> search(const RecipeArguments& arguments)
{
    RunContext context = console::context();
    ESPALIER_TRY(const Project project, console::loadWithSettings(arguments.project, arguments.settings));
    ESPALIER_TRY(const RecipeRequest request, recipeRequestFromJson(requestOf(arguments)));
    ESPALIER_TRY(const DeviceStore devices, DeviceStore::load());
    ESPALIER_TRY(const Device device, devices.get(arguments.device));
    std::size_t printed = 0;
    const RecipeEvents events{.onCandidate =
                                  [&](const RecipeReport& report) {
                                      for (; !arguments.json && printed < report.candidates.size(); ++printed)
                                          printCandidate(report, printed);
                                  },
                              .onProgress = [&](const Progress& progress, std::optional<double>) { context.progress(progress); }};
    Workspace workspace;
    Pipeline pipeline(workspace, project.graph, std::filesystem::absolute(arguments.project).parent_path());
    pipeline.measureWith(std::make_shared<CostMeter>(device, Credentials{}, console::prompts()));
    ESPALIER_TRY(const RecipeReport report, searchRecipe(pipeline, arguments.node, request, events, context));
    if (arguments.json)
        std::cout << dumpJsonPretty(toJson(report));
    else
        printRecommendation(report);
    if (!report.complete)
        return cancelledError();
    return arguments.save.empty() ? Result<void>() : save(project, report, arguments.save);
}

} // namespace

int recipeCommand(const RecipeArguments& arguments)
{
    const auto done = search(arguments);
    return done ? 0 : console::fail(done.error());
}

} // namespace espalier
