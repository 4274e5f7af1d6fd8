// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RecipeTrial.h"

#include "engine/graph/RecipeSteps.h"
#include "engine/graph/Validator.h"
#include "engine/pipeline/CompressionRecords.h"
#include "engine/pipeline/PruneSteps.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double normal95 = 1.959964; ///< standard deviations

Result<void> checkGraph(const Pipeline& pipeline, const std::string& target)
{
    for (const Problem& problem : validate(pipeline.graph(), pipeline.folder(), target))
        if (problem.severity == Problem::Severity::Error)
            return Error{ErrorCode::InvalidArgument, problem.message, problem.remedy, {"node '" + problem.node + "'"}};
    return {};
}

Result<void> runTo(Pipeline& trial, const std::string& target, RunContext& context)
{
    ESPALIER_CHECK(checkGraph(trial, target));
    const RunEvents events{.onProgress = [&](const std::string&, const Progress& progress) { context.progress(progress); },
                           .onLog =
                               [&](const std::string& node, LogLevel level, const std::string& text) {
                                   if (level == LogLevel::Warning)
                                       context.warn(node + ": " + text);
                               }};
    const auto error = runPipeline(trial, target, events, context.stop).firstError();
    return error ? Result<void>(*error) : Result<void>();
}

/// Share of sparsity that the recipe asks for; of several prunings the last.
double askedSparsity(const std::vector<RecipeStep>& steps)
{
    double sparsity = 0;
    for (const RecipeStep& step : steps) {
        const Parameters complete = completeParametersOf(step);
        if (const auto asked = complete.find("sparsity"); asked != complete.end())
            sparsity = asked->second.get<double>();
    }
    return sparsity;
}

Result<std::int64_t> packagedBytes(Pipeline& trial, const std::string& package, RunContext& context)
{
    ESPALIER_TRY(const ArtefactPtr made, trial.value(package, context));
    return std::get<PackageArtefact>(*made).report.bytes;
}

} // namespace

Result<TrialOutcome> runRecipe(const Pipeline& pipeline, const std::string& source, const std::vector<RecipeStep>& steps, RunContext& context)
{
    Graph graph = pipeline.graph();
    ESPALIER_TRY(const AppliedRecipe applied, applyRecipe(graph, source, steps));
    Pipeline trial = pipeline.with(std::move(graph));
    ESPALIER_CHECK(runTo(trial, applied.package, context));
    ESPALIER_TRY(CompressionLab lab, CompressionLab::open(trial, applied.last, context));
    const std::string precision = trial.graph().node(applied.package)->parameters.contains("precision")
                                      ? trial.graph().node(applied.package)->parameters.at("precision").get<std::string>()
                                      : std::string("checkpoint");
    TrialOutcome outcome;
    const PruneOptions asItIs{.sparsity = 0, .allowEmptied = true};
    ESPALIER_TRY(outcome.point, lab.measure(asItIs, precision, context));
    ESPALIER_CHECK(setCost(lab, asItIs, outcome.point, context));
    ESPALIER_TRY(outcome.right, lab.rightAnswers(asItIs, precision, context));
    ESPALIER_TRY(outcome.point.packageBytes, packagedBytes(trial, applied.package, context));
    outcome.point.sparsity = askedSparsity(steps);
    outcome.point.fineTuned = trains(steps);
    return outcome;
}

Result<CompressionLab> runToLab(const Pipeline& pipeline, const std::string& source, const std::vector<RecipeStep>& steps, RunContext& context)
{
    Graph graph = pipeline.graph();
    ESPALIER_TRY(const AppliedRecipe applied, applyRecipe(graph, source, steps));
    Pipeline trial = pipeline.with(std::move(graph));
    ESPALIER_CHECK(runTo(trial, applied.last, context));
    return CompressionLab::open(trial, applied.last, context);
}

double noiseOfLoss(const std::vector<bool>& denseRight, const std::vector<bool>& right, const SparsityPoint& dense, const SparsityPoint& point)
{
    if (denseRight.empty() || denseRight.size() != right.size()) {
        const auto variance = [](const SparsityPoint& p) { return p.accuracy * (1 - p.accuracy) / static_cast<double>(std::max<std::int64_t>(p.examples, 1)); };
        return 100 * normal95 * std::sqrt(variance(dense) + variance(point));
    }
    double broken = 0;
    double mended = 0;
    for (std::size_t i = 0; i < right.size(); ++i) {
        broken += denseRight[i] && !right[i] ? 1 : 0;
        mended += !denseRight[i] && right[i] ? 1 : 0;
    }
    const auto n = static_cast<double>(right.size());
    return 100 * normal95 * std::sqrt(broken + mended - (broken - mended) * (broken - mended) / n) / n;
}

} // namespace espalier
