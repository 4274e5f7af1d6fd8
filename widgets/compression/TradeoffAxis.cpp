// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/TradeoffAxis.h"

#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace espalier {

std::optional<double> axisValue(TradeoffAxis axis, const SparsityPoint& point)
{
    const double value = axis == TradeoffAxis::Bytes ? static_cast<double>(point.packageBytes)
                         : axis == TradeoffAxis::Memory ? static_cast<double>(point.memoryBytes)
                                                        : point.milliseconds;
    return value > 0 ? std::optional(value) : std::nullopt;
}

QString axisName(TradeoffAxis axis)
{
    switch (axis) {
    case TradeoffAxis::Bytes: return QCoreApplication::translate("TradeoffAxis", "Package size");
    case TradeoffAxis::Memory: return QCoreApplication::translate("TradeoffAxis", "Memory");
    default: return QCoreApplication::translate("TradeoffAxis", "Latency");
    }
}

QString axisLabel(TradeoffAxis axis, const QString& place)
{
    switch (axis) {
    case TradeoffAxis::Bytes: return QCoreApplication::translate("TradeoffAxis", "Package size on disk");
    case TradeoffAxis::Memory: return QCoreApplication::translate("TradeoffAxis", "Largest memory of the edge runtime on %1").arg(place);
    default: return QCoreApplication::translate("TradeoffAxis", "Median of a sentence in the edge runtime on %1, ms").arg(place);
    }
}

QString axisText(TradeoffAxis axis, double value)
{
    return axis == TradeoffAxis::Latency ? formatDuration(value / 1000) : formatBytes(std::llround(value));
}

QSharedPointer<QCPAxisTicker> axisTicker(TradeoffAxis axis, bool logarithmic, double lower, double upper)
{
    if (axis != TradeoffAxis::Latency)
        return bytesTicker(logarithmic);
    return logarithmic ? logarithmicTicker(lower, upper) : QSharedPointer<QCPAxisTicker>::create();
}

std::vector<std::size_t> paretoFront(const std::vector<ChartPoint>& points, TradeoffAxis axis)
{
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double accuracy = points[i].point().accuracy;
        if (!front.empty() && accuracy <= points[front.back()].point().accuracy)
            continue;
        if (!front.empty() && axisValue(axis, points[front.back()].point()) == axisValue(axis, points[i].point()))
            front.back() = i; // as large, and better
        else
            front.push_back(i);
    }
    return front;
}

std::optional<std::size_t> smallestAbove(const std::vector<ChartPoint>& points, double floor)
{
    const auto found = std::find_if(points.begin(), points.end(), [&](const ChartPoint& point) { return point.point().accuracy >= floor; });
    return found == points.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - points.begin()));
}

} // namespace espalier
