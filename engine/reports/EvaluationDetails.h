// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of an evaluation beyond the headline figures: how sure they are, whether the model's probabilities can be believed,
// where it does well and badly, and what it makes of sentences that belong to no class. Plain results with JSON.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

struct Interval {
    double low = 0;
    double high = 0;
    bool operator==(const Interval&) const = default;
};

/// Percentile intervals of the bootstrap (Efron and Tibshirani, 1993).
struct BootstrapIntervals {
    double level = 0.95;
    int resamples = 0;
    Interval accuracy;
    Interval macroF1;
};

struct ReliabilityBin {
    std::int64_t count = 0;
    double confidence = 0; ///< mean probability of the answers in the bin, 0 to 1
    double accuracy = 0;   ///< share of them that is right
};

/// Bins of equal width over the probability of the answer (Guo et al., 2017).
struct Reliability {
    double ece = 0;  ///< expected calibration error, 0 to 1
    double loss = 0; ///< mean cross-entropy in nats
    std::vector<ReliabilityBin> bins;
};

struct CalibrationReport {
    double temperature = 1; ///< what the logits are divided by; fitted on the validation part
    bool applied = false;   ///< whether the report's probabilities and thresholds are those after scaling
    Reliability before;
    Reliability after;
};

/// Sentences with something in common.
struct Slice {
    std::string kind;      ///< "length" or "class"
    std::string label = {}; ///< of "class"
    std::int64_t low = 0;  ///< of "length": characters, inclusive
    std::int64_t high = 0;
    std::int64_t examples = 0;
    double accuracy = 0;
    double confidence = 0; ///< mean probability of the answers
};

/// A sentence with its answer.
struct PredictionRow {
    std::string text;
    std::string truth;
    std::string prediction;
    double probability = 0; ///< of the prediction
    bool operator==(const PredictionRow&) const = default;

    [[nodiscard]] bool right() const { return truth == prediction; }
    /// From the best (right and sure) to the worst (wrong and sure).
    [[nodiscard]] double merit() const { return right() ? probability : -probability; }
};

struct SampleRows {
    std::vector<PredictionRow> best;
    std::vector<PredictionRow> worst;
    std::vector<PredictionRow> random;
};

struct RocPoint {
    double rejectedInScope = 0; ///< share of in-scope sentences below the threshold
    double recall = 0;          ///< share of out-of-scope sentences below it
};

/// Rejection by one score: a sentence is out of scope when its score is below the threshold.
struct RejectionScore {
    std::string score; ///< "max_probability", or "energy" (log-sum-exp of the logits; Liu et al., 2020)
    double threshold = 0;
    double validationRecall = 0; ///< 0 without out-of-scope sentences for validation
    double recall = 0;           ///< share of the out-of-scope sentences that is rejected
    double accuracyAfter = 0;    ///< in-scope accuracy when a rejected sentence counts as wrong
    double auroc = 0;
    std::vector<RocPoint> roc; ///< from (0, 0) to (1, 1), thinned for drawing
};

struct OutOfScopeReport {
    std::int64_t examples = 0;           ///< out-of-scope sentences
    std::int64_t validationExamples = 0;
    double allowedCost = 0;    ///< how much in-scope accuracy the threshold may cost on the validation part, 0 to 1
    double accuracyBefore = 0; ///< in-scope, without rejection
    std::string chosen;        ///< the score that validation favours
    std::vector<RejectionScore> scores;

    [[nodiscard]] const RejectionScore* find(std::string_view score) const;
};

Json toJson(const BootstrapIntervals& intervals);
Json toJson(const CalibrationReport& calibration);
Json toJson(const std::vector<Slice>& slices);
Json toJson(const PredictionRow& row);
Json toJson(const SampleRows& samples);
Json toJson(const OutOfScopeReport& report);
Result<BootstrapIntervals> bootstrapIntervalsFromJson(const Json& json);
Result<CalibrationReport> calibrationReportFromJson(const Json& json);
Result<std::vector<Slice>> slicesFromJson(const Json& json);
Result<PredictionRow> predictionRowFromJson(const Json& json);
Result<SampleRows> sampleRowsFromJson(const Json& json);
Result<OutOfScopeReport> outOfScopeReportFromJson(const Json& json);

} // namespace espalier
