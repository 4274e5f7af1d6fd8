// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeTrial: what a recipe gives when its nodes run, in the pipeline that "Apply" would make.
#pragma once

#include "engine/pipeline/CompressionLab.h"
#include "engine/pipeline/Runner.h"
#include "engine/reports/RecipeReport.h"

namespace espalier {

struct TrialOutcome {
    SparsityPoint point;     ///< packageBytes: of the package that was written
    std::vector<bool> right; ///< as CompressionLab::rightAnswers()
};

/// Runs @p steps (the last is "package") behind @p source in a copy of the graph; results that are up to date are taken from the store. Errors: the
/// copy's first problem; as the nodes.
Result<TrialOutcome> runRecipe(const Pipeline& pipeline, const std::string& source, const std::vector<RecipeStep>& steps, RunContext& context);

/// The checkpoint that @p steps, none of them "package", make behind @p source, ready to be pruned and measured. Errors: as runRecipe().
Result<CompressionLab> runToLab(const Pipeline& pipeline, const std::string& source, const std::vector<RecipeStep>& steps, RunContext& context);

/// Half the 95 % interval of the accuracy lost, in points. From the sentences on which both differ (McNemar's test, normal approximation): the
/// same sentences were answered twice. Where these are not known: as if they were others, which is more.
double noiseOfLoss(const std::vector<bool>& denseRight, const std::vector<bool>& right, const SparsityPoint& dense, const SparsityPoint& point);

} // namespace espalier
