// SPDX-License-Identifier: GPL-3.0-or-later
// TradeoffAxis: what accuracy is weighed against: bytes, memory or latency; and which measured models are worth having there.
#pragma once

#include "widgets/compression/MeasuredPoints.h"

#include <QSharedPointer>

#include <optional>

class QCPAxisTicker;

namespace espalier {

enum class TradeoffAxis { Bytes, Memory, Latency };

/// A measured point as the chart shows it.
struct ChartPoint {
    MeasuredPoint measured;
    PointKind kind = PointKind::OneShot;
    bool current = true; ///< of the settings chosen now; others are drawn paler
    QString recipe = {}; ///< model and method in words

    [[nodiscard]] const SparsityPoint& point() const { return measured.point; }
};

/// Bytes, bytes or milliseconds; nothing where it was not measured.
std::optional<double> axisValue(TradeoffAxis axis, const SparsityPoint& point);
/// "Package size": for the list of axes.
QString axisName(TradeoffAxis axis);
/// With what it is measured by, under the axis. @p place: where that runs.
QString axisLabel(TradeoffAxis axis, const QString& place);
/// "412 KiB", "0.21 ms".
QString axisText(TradeoffAxis axis, double value);
/// @p lower and @p upper: of the axis, for the distances of a logarithmic one.
QSharedPointer<QCPAxisTicker> axisTicker(TradeoffAxis axis, bool logarithmic, double lower, double upper);

/// Indices of those that no other beats (at least as accurate and at most as large, and better in one of them), by value. @p points must be
/// sorted by value, which all have.
std::vector<std::size_t> paretoFront(const std::vector<ChartPoint>& points, TradeoffAxis axis);
/// The first of @p points, sorted likewise, with at least that accuracy; nothing when none has.
std::optional<std::size_t> smallestAbove(const std::vector<ChartPoint>& points, double floor);

} // namespace espalier
