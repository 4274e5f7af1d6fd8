// SPDX-License-Identifier: GPL-3.0-or-later
// How well a model labels a set of sentences: accuracy, F1 per class and averaged, the confusion matrix, and what a full
// evaluation finds out besides.
#pragma once

#include "engine/core/Json.h"
#include "engine/core/Task.h"
#include "engine/reports/EvaluationDetails.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

struct ClassScore {
    std::string label;
    double precision = 0; ///< 0 to 1; 0 when the class was never predicted
    double recall = 0;    ///< 0 to 1; 0 when the class never occurs
    double f1 = 0;
    std::int64_t support = 0; ///< sentences whose true label it is
};

/// What other tasks than one class a sentence are judged by.
struct TaskScores {
    double f1 = 0;        ///< several labels: micro-F1; tags: F1 of entities (seqeval's definition)
    double precision = 0; ///< tags: of entities
    double recall = 0;    ///< tags: of entities
    double threshold = 0; ///< several labels: from which probability on a label is given
};

struct EvaluationReport {
    std::string split; ///< "validation" or "test"
    std::int64_t examples = 0;
    double accuracy = 0; ///< 0 to 1; several labels: share of sentences whose labels are all right; tags: share of words
    double macroF1 = 0;  ///< mean of F1 over the classes that occur or were predicted
    double microF1 = 0;  ///< F1 of all decisions together; with one class a sentence it equals the accuracy
    double weightedF1 = 0; ///< mean of F1, each class weighing as often as it occurs
    double loss = 0;     ///< mean cross-entropy in nats; 0 where it was not measured (on a device)
    std::vector<ClassScore> classes; ///< in label-map order; tags: a type of entity each
    /// confusion[truth][predicted], counts; empty where a sentence may have several labels or tags
    std::vector<std::vector<std::int64_t>> confusion;
    std::optional<TaskScores> taskScores = {}; ///< absent for one class a sentence

    // Of a full evaluation (engine/evaluation/FullEvaluation.h) only.
    std::optional<BootstrapIntervals> intervals = {};
    std::optional<CalibrationReport> calibration = {};
    std::vector<Slice> slices = {};
    std::optional<SampleRows> samples = {};
    std::optional<OutOfScopeReport> outOfScope = {};
};

/// What the model is judged by: the name is one of scoreName(Task).
std::string_view scoreName(const EvaluationReport& report);
double scoreOf(const EvaluationReport& report);
/// Mean of the classes' F1, each weighing as often as it occurs.
double weightedF1(const std::vector<ClassScore>& classes);

Json toJson(const EvaluationReport& report);
Result<EvaluationReport> evaluationReportFromJson(const Json& json);

/// The report of predicted against true class indices (same length; each below labels.size()).
EvaluationReport evaluatePredictions(const std::string& split, const std::vector<std::string>& labels, const std::vector<std::int64_t>& truth,
                                     const std::vector<std::int64_t>& predicted);

} // namespace espalier
