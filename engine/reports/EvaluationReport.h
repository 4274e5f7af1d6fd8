// SPDX-License-Identifier: GPL-3.0-or-later
// How well a model labels a set of sentences: accuracy, F1 per class and averaged, and the confusion matrix.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

struct ClassScore {
    std::string label;
    double precision = 0; ///< 0 to 1; 0 when the class was never predicted
    double recall = 0;    ///< 0 to 1; 0 when the class never occurs
    double f1 = 0;
    std::int64_t support = 0; ///< sentences whose true label it is
};

struct EvaluationReport {
    std::string split; ///< "validation" or "test"
    std::int64_t examples = 0;
    double accuracy = 0; ///< 0 to 1
    double macroF1 = 0;  ///< mean of F1 over the classes that occur or were predicted
    double loss = 0;     ///< mean cross-entropy in nats; 0 where it was not measured (on a device)
    std::vector<ClassScore> classes; ///< in label-map order
    /// confusion[truth][predicted], counts
    std::vector<std::vector<std::int64_t>> confusion;
};

Json toJson(const EvaluationReport& report);
Result<EvaluationReport> evaluationReportFromJson(const Json& json);

/// The report of predicted against true class indices (same length; each below labels.size()).
EvaluationReport evaluatePredictions(const std::string& split, const std::vector<std::string>& labels, const std::vector<std::int64_t>& truth,
                                     const std::vector<std::int64_t>& predicted);

} // namespace espalier
