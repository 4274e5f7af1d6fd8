// SPDX-License-Identifier: GPL-3.0-or-later
// MeasurementPlan: what is worth measuring next while the hand rests: the position's accuracy, then the dense model's, which it is compared
// with, then what both cost to run. One at a time.
#pragma once

#include "widgets/compression/MeasuredPoints.h"

#include <optional>

namespace espalier {

struct MeasurementWish {
    enum class Kind { Accuracy, Cost };
    Kind kind = Kind::Accuracy;
    CompressionSettings settings;
    int step = 0;

    bool operator==(const MeasurementWish&) const = default;
};

/// Nothing when all is known. @p costs: whether there is a runtime to measure them with.
std::optional<MeasurementWish> nextWish(const MeasuredPoints& points, const CompressionSettings& settings, int step, bool costs);

/// What the measured neighbours leave for the accuracy of a position that was not measured, with their intervals; nothing when it does not lie
/// between two. Accuracy falls with sparsity, nearly always.
std::optional<std::pair<double, double>> accuracyBetween(const MeasuredPoints& points, const CompressionSettings& settings, int step);

} // namespace espalier
