// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/MeasurementPlan.h"

namespace espalier {

std::optional<MeasurementWish> nextWish(const MeasuredPoints& points, const CompressionSettings& settings, int step, bool costs)
{
    using Kind = MeasurementWish::Kind;
    const MeasuredPoint* hand = points.at(settings, step);
    if (!hand)
        return MeasurementWish{Kind::Accuracy, settings, step};
    const MeasuredPoint* dense = points.dense(settings);
    if (!dense)
        return MeasurementWish{Kind::Accuracy, settings.withoutLayers(), 0};
    for (const MeasuredPoint* point : {hand, dense})
        if (costs && point->point.milliseconds == 0)
            return MeasurementWish{Kind::Cost, point->settings, point->step()};
    return std::nullopt;
}

std::optional<std::pair<double, double>> accuracyBetween(const MeasuredPoints& points, const CompressionSettings& settings, int step)
{
    const MeasuredPoint* below = points.neighbour(settings, step, false);
    const MeasuredPoint* above = points.neighbour(settings, step, true);
    if (!below || !above)
        return std::nullopt;
    const auto low = [](const SparsityPoint& point) { return point.accuracyHigh > 0 ? point.accuracyLow : point.accuracy; };
    const auto high = [](const SparsityPoint& point) { return std::max(point.accuracy, point.accuracyHigh); };
    return std::pair{std::min(low(below->point), low(above->point)), std::max(high(below->point), high(above->point))};
}

} // namespace espalier
