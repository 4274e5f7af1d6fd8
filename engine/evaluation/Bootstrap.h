// SPDX-License-Identifier: GPL-3.0-or-later
// Bootstrap: how far accuracy and macro-F1 would move on other test sentences of the same kind. Percentile intervals of resampled
// sentences (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993); the same seed gives the same intervals.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/reports/EvaluationReport.h"

namespace espalier {

struct BootstrapOptions {
    int resamples = 1000;
    double level = 0.95; ///< share of the resamples inside the interval
    std::uint64_t seed = 1;
};

/// What one sentence adds to a share: 1 of 1 for a right answer, 3 of 5 words.
struct HitCount {
    std::int64_t hits = 0;
    std::int64_t of = 1;
};

/// Of the share that all of @p sentences' hits are; not empty. Error: Cancelled.
Result<Interval> bootstrapShare(const std::vector<HitCount>& sentences, const BootstrapOptions& options, const RunContext& context);

/// Class indices below @p classes, both of the same length; not empty. Error: Cancelled.
Result<BootstrapIntervals> bootstrapIntervals(const std::vector<std::int64_t>& truth, const std::vector<std::int64_t>& predicted, std::int64_t classes,
                                              const BootstrapOptions& options, const RunContext& context);

} // namespace espalier
