// SPDX-License-Identifier: GPL-3.0-or-later
// searchRecipe(): finds nodes that make a checkpoint small enough, within budgets of size, accuracy and time. It takes the moves of recipeMoves() in
// turn, cheapest first: what needs no training is measured by the lab, what trains is run as the pipeline would run it. Accuracy is that of the validation part.
#pragma once

#include "engine/pipeline/Pipeline.h"
#include "engine/reports/RecipeReport.h"

namespace espalier {

struct RecipeRequest {
    Budgets budgets;
    std::string precision = "checkpoint";
    int trainings = 4; ///< candidates that are trained, at most; 0: one-shot pruning only
};

/// The fields of budgetsFromJson(), `precision`?, `trainings`?: 0 to 100. Errors name the field.
Result<RecipeRequest> recipeRequestFromJson(const Json& json);

struct RecipeEvents {
    /// The report so far: a candidate joined, or the last was confirmed.
    std::function<void(const RecipeReport&)> onCandidate = {};
    /// done: candidates tried; total: with those that may follow. @p secondsLeft: at most, from what the others took.
    std::function<void(const Progress&, std::optional<double> secondsLeft)> onProgress = {};
};

/// For the checkpoint that @p node makes. The recommendation was run: its package and accuracy are those that a run of its nodes gives. When it is
/// cancelled it returns what was found by then. The report is kept (RecipeRecords.h). Errors: as CompressionLab::open(), and those of the dense model.
Result<RecipeReport> searchRecipe(Pipeline& pipeline, const std::string& node, const RecipeRequest& request, const RecipeEvents& events, RunContext& context);

} // namespace espalier
