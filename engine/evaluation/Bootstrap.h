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

/// Class indices below @p classes, both of the same length; not empty. Error: Cancelled.
Result<BootstrapIntervals> bootstrapIntervals(const std::vector<std::int64_t>& truth, const std::vector<std::int64_t>& predicted, std::int64_t classes,
                                              const BootstrapOptions& options, const RunContext& context);

} // namespace espalier
