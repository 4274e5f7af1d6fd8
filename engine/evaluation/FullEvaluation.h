// SPDX-License-Identifier: GPL-3.0-or-later
// FullEvaluation: everything that the Evaluate node finds out about a checkpoint. Whatever has to be chosen (temperature, threshold,
// kind of score) is chosen on the validation part; the evaluated part is read once, for the figures.
#pragma once

#include "engine/evaluation/Classifier.h"
#include "engine/evaluation/PredictionTable.h"

namespace espalier {

struct FullEvaluationOptions {
    std::string split = "test"; ///< or "validation": the part that is evaluated
    bool calibrate = false;     ///< report the probabilities and thresholds after temperature scaling
    double allowedCost = 0.01;  ///< how much validation accuracy the out-of-scope threshold may cost, 0 to 1
    std::uint64_t seed = 1;     ///< of the bootstrap and the random sample
};

/// Sentences that belong to no class, for choosing and for measuring; empty: no out-of-scope report.
struct OutOfScopeSentences {
    std::vector<std::string> validation;
    std::vector<std::string> test;
};

struct FullEvaluation {
    EvaluationReport report;
    std::vector<PredictionRow> rows;
    std::vector<float> probabilities; ///< [rows x classes]
};

/// @p splits as the checkpoint was trained with. Errors: an empty part, a label the model does not know, Cancelled.
Result<FullEvaluation> evaluateFully(const Checkpoint& checkpoint, const Splits& splits, const OutOfScopeSentences& outOfScope,
                                     const FullEvaluationOptions& options, RunContext& context);

} // namespace espalier
