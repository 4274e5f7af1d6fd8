// SPDX-License-Identifier: GPL-3.0-or-later
// SweepReport: a model measured over sparsities and methods.
#pragma once

#include "engine/core/ParameterSpec.h"
#include "engine/reports/CompressionReport.h"

namespace espalier {

/// What was measured, and how weights were chosen for it.
struct SweepPoint {
    Parameters choice; ///< those of pruningParameters(), complete, the sparsity among them
    SparsityPoint point;
};

/// A choice that this model cannot be pruned by.
struct SweepFailure {
    Parameters choice;
    std::string reason; ///< English
};

struct SweepReport {
    std::vector<SweepPoint> points; ///< in the order asked for
    std::vector<SweepFailure> failures;
    std::int64_t known = 0; ///< points that were measured before
    std::int64_t asked = 0; ///< points in all; more than measured and failed where it was cancelled
};

Json toJson(const SweepPoint& point);
Json toJson(const SweepFailure& failure);
Json toJson(const SweepReport& report);
Result<SweepPoint> sweepPointFromJson(const Json& json);
Result<SweepFailure> sweepFailureFromJson(const Json& json);
Result<SweepReport> sweepReportFromJson(const Json& json);

} // namespace espalier
