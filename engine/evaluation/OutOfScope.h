// SPDX-License-Identifier: GPL-3.0-or-later
// OutOfScope: telling sentences that belong to no class by a threshold on the model's confidence. The threshold is chosen on the
// validation part so that in-scope accuracy falls by no more than allowed there; what it then catches is measured on the evaluated
// part. Scores: the greatest probability (Hendrycks and Gimpel, 2017) and the energy (Liu et al., 2020). AUROC and ROC count an
// out-of-scope sentence that is rejected as a hit.
#pragma once

#include "engine/evaluation/Calibration.h"

namespace espalier {

/// Scores of the sentences of one part: the lower, the less they belong.
struct ScoredPart {
    std::vector<double> inScope;
    std::vector<bool> right;        ///< whether the in-scope sentence was answered correctly
    std::vector<double> outOfScope; ///< may be empty for the validation part
};

/// The greatest threshold at which rejecting what lies below it loses no more than @p allowedCost (0 to 1) of the accuracy; the
/// lowest number when there is nothing to choose by.
double chooseThreshold(const ScoredPart& validation, double allowedCost);

/// Area under the ROC curve: the chance that an out-of-scope sentence scores below an in-scope one, ties counting half.
double auroc(const ScoredPart& part);

/// The ROC curve with at most @p points points, from (0, 0) to (1, 1).
std::vector<RocPoint> rocCurve(const ScoredPart& part, std::size_t points = 200);

/// Everything about one score. @p part must have out-of-scope sentences.
RejectionScore measureRejection(const std::string& score, const ScoredPart& validation, const ScoredPart& part, double allowedCost);

/// "max_probability" of softmax(logits / temperature), or "energy", of every row.
std::vector<double> confidenceScores(const std::string& score, std::span<const float> logits, std::size_t classes, double temperature);

/// The logits of one part, in scope and out of it.
struct RejectionLogits {
    LogitTable inScope;
    std::span<const float> outOfScope; ///< [sentences x classes]
};

/// Both scores measured; the one that rejects more of the validation part's out-of-scope sentences is chosen (the probability on a tie).
OutOfScopeReport measureOutOfScope(const RejectionLogits& validation, const RejectionLogits& part, double allowedCost, double temperature);

} // namespace espalier
