// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/MeasuredPoints.h"

#include <algorithm>

namespace espalier {
namespace {

/// Of the same model, tried by a search and then made by a node.
bool sameTrial(const MeasuredPoint& a, const MeasuredPoint& b)
{
    return a.maker.isEmpty() != b.maker.isEmpty() && a.point.packageBytes == b.point.packageBytes && a.point.accuracy == b.point.accuracy;
}

bool sameModel(const MeasuredPoint& a, const MeasuredPoint& b)
{
    return a.settings == b.settings && a.step() == b.step() && a.point.fineTuned == b.point.fineTuned && (!a.point.fineTuned || a.maker == b.maker || sameTrial(a, b));
}

} // namespace

void MeasuredPoints::add(MeasuredPoint point)
{
    const auto old = std::find_if(m_points.begin(), m_points.end(), [&](const MeasuredPoint& known) { return sameModel(known, point); });
    if (old == m_points.end()) {
        m_points.push_back(std::move(point));
        return;
    }
    if (point.point.milliseconds == 0 && old->point.packageBytes == point.point.packageBytes) {
        point.point.milliseconds = old->point.milliseconds;
        point.point.memoryBytes = old->point.memoryBytes;
        point.point.runtime = old->point.runtime;
    }
    if (point.point.fineTuned && point.maker.isEmpty())
        point.maker = old->maker;
    *old = std::move(point);
}

void MeasuredPoints::setCost(const CompressionSettings& settings, int step, const EdgeCost& cost)
{
    for (MeasuredPoint& known : m_points)
        if (known.settings == settings && known.step() == step && !known.point.fineTuned) {
            known.point.milliseconds = cost.milliseconds;
            known.point.memoryBytes = cost.memoryBytes;
            known.point.runtime = cost.runtime;
        }
}

void MeasuredPoints::forget(const QString& node)
{
    std::erase_if(m_points, [&](const MeasuredPoint& known) { return known.settings.node == node; });
}

void MeasuredPoints::forgetCosts()
{
    for (auto* points : {&m_points, &m_earlier})
        for (MeasuredPoint& known : *points)
            forgetCostOfOthers(known.point, 0);
}

void MeasuredPoints::clear()
{
    m_points.clear();
    m_earlier.clear();
}

std::vector<MeasuredPoint> MeasuredPoints::all() const
{
    std::vector<MeasuredPoint> points = m_points;
    points.insert(points.end(), m_earlier.begin(), m_earlier.end());
    return points;
}

const MeasuredPoint* MeasuredPoints::find(const std::function<bool(const MeasuredPoint&)>& fits) const
{
    const auto found = std::find_if(m_points.begin(), m_points.end(), fits);
    return found == m_points.end() ? nullptr : &*found;
}

const MeasuredPoint* MeasuredPoints::at(const CompressionSettings& settings, int step) const
{
    if (step == 0 && settings.layerSparsities.isEmpty())
        return dense(settings);
    return find([&](const MeasuredPoint& known) { return known.settings == settings && known.step() == step && !known.point.fineTuned; });
}

const MeasuredPoint* MeasuredPoints::trained(const CompressionSettings& settings, int step) const
{
    return find([&](const MeasuredPoint& known) { return known.settings == settings && known.step() == step && known.point.fineTuned; });
}

const MeasuredPoint* MeasuredPoints::dense(const CompressionSettings& settings) const
{
    return find([&](const MeasuredPoint& known) { return known.isDense() && known.settings.node == settings.node && known.settings.precision == settings.precision; });
}

const MeasuredPoint* MeasuredPoints::neighbour(const CompressionSettings& settings, int step, bool above) const
{
    const MeasuredPoint* nearest = nullptr;
    for (const MeasuredPoint& known : m_points) {
        const bool fits = known.settings == settings && !known.point.fineTuned && (above ? known.step() > step : known.step() < step);
        if (fits && (!nearest || std::abs(known.step() - step) < std::abs(nearest->step() - step)))
            nearest = &known;
    }
    if (!nearest && !above && step > 0 && settings.layerSparsities.isEmpty())
        return dense(settings); // the same for every method
    return nearest;
}

} // namespace espalier
