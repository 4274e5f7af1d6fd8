// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/MeasuredPoints.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

QString prefixOf(const QString& node)
{
    return node + QLatin1Char('\n');
}

QString keyOf(const CompressionSettings& settings)
{
    return prefixOf(settings.node) + QStringList{settings.score, settings.method, settings.pattern, settings.embeddings, settings.precision}.join(QLatin1Char('\n'));
}

bool sameModel(const SparsityPoint& a, const SparsityPoint& b)
{
    return wholePercent(a.sparsity) == wholePercent(b.sparsity) && a.fineTuned == b.fineTuned;
}

bool before(const SparsityPoint& a, const SparsityPoint& b)
{
    return a.sparsity != b.sparsity ? a.sparsity < b.sparsity : a.fineTuned < b.fineTuned;
}

} // namespace

int wholePercent(double sparsity)
{
    return static_cast<int>(std::lround(sparsity * 100));
}

void MeasuredPoints::add(const CompressionSettings& settings, const SparsityPoint& point)
{
    std::vector<SparsityPoint>& points = m_points[keyOf(settings)];
    std::erase_if(points, [&](const SparsityPoint& old) { return sameModel(old, point); });
    points.insert(std::upper_bound(points.begin(), points.end(), point, before), point);
}

void MeasuredPoints::forget(const QString& node)
{
    std::erase_if(m_points, [prefix = prefixOf(node)](const auto& entry) { return entry.first.startsWith(prefix); });
}

const std::vector<SparsityPoint>& MeasuredPoints::points(const CompressionSettings& settings) const
{
    static const std::vector<SparsityPoint> none;
    const auto found = m_points.find(keyOf(settings));
    return found == m_points.end() ? none : found->second;
}

const SparsityPoint* MeasuredPoints::at(const CompressionSettings& settings, int percent) const
{
    return find(settings, percent, false);
}

const SparsityPoint* MeasuredPoints::trained(const CompressionSettings& settings, int percent) const
{
    return find(settings, percent, true);
}

const SparsityPoint* MeasuredPoints::find(const CompressionSettings& settings, int percent, bool fineTuned) const
{
    for (const SparsityPoint& point : points(settings))
        if (point.fineTuned == fineTuned && wholePercent(point.sparsity) == percent)
            return &point;
    return nullptr;
}

const SparsityPoint* MeasuredPoints::dense(const CompressionSettings& settings) const
{
    for (const auto& [key, points] : m_points) {
        if (!key.startsWith(prefixOf(settings.node)) || !key.endsWith(QLatin1Char('\n') + settings.precision))
            continue;
        for (const SparsityPoint& point : points)
            if (point.sparsity == 0 && !point.fineTuned)
                return &point;
    }
    return nullptr;
}

} // namespace espalier
