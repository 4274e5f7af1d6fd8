// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/CurveSeries.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

QPointF middle(const QPointF& a, const QPointF& b)
{
    return (a + b) / 2;
}

} // namespace

void CurveSeries::append(const QPointF& point)
{
    ++m_received;
    if (!std::isfinite(point.x()) || !std::isfinite(point.y())) {
        ++m_notFinite;
        return;
    }
    if (!isEmpty() && point.x() <= m_lastX)
        rewind(point.x());
    add(point);
}

void CurveSeries::complete(const std::vector<QPointF>& points)
{
    const bool wasEmpty = isEmpty();
    const double first = wasEmpty ? 0 : this->points().front().x();
    const double last = m_lastX;
    std::vector<QPointF> before;
    for (const QPointF& point : points)
        if (!wasEmpty && point.x() < first && std::isfinite(point.y()))
            before.push_back(point);
    m_points.insert(m_points.begin(), before.begin(), before.end());
    m_received += before.size();
    for (const QPointF& point : points)
        if (wasEmpty || point.x() > last)
            append(point);
    while (m_points.size() > maxPoints)
        halve();
}

std::vector<QPointF> CurveSeries::points() const
{
    std::vector<QPointF> all = m_points;
    if (m_pending > 0)
        all.push_back(m_pendingSum / static_cast<double>(m_pending));
    return all;
}

std::vector<QPointF> CurveSeries::smoothed(double width) const
{
    std::vector<QPointF> all = points();
    if (width <= 0)
        return all;
    double sum = 0;
    double weight = 0;
    double lastX = all.empty() ? 0 : all.front().x();
    for (QPointF& point : all) {
        const double fade = std::exp(-(point.x() - lastX) / width);
        sum = sum * fade + point.y();
        weight = weight * fade + 1;
        lastX = point.x();
        point.setY(sum / weight);
    }
    return all;
}

void CurveSeries::add(const QPointF& point)
{
    m_pendingSum += point;
    ++m_pending;
    m_lastX = point.x();
    if (m_pending >= m_stride)
        flush();
}

void CurveSeries::flush()
{
    m_points.push_back(m_pendingSum / static_cast<double>(m_pending));
    m_pendingSum = {};
    m_pending = 0;
    if (m_points.size() >= maxPoints)
        halve();
}

void CurveSeries::halve()
{
    std::vector<QPointF> merged;
    merged.reserve(m_points.size() / 2 + 1);
    for (std::size_t i = 0; i + 1 < m_points.size(); i += 2)
        merged.push_back(middle(m_points[i], m_points[i + 1]));
    if (m_points.size() % 2 == 1)
        merged.push_back(m_points.back());
    m_points = std::move(merged);
    m_stride *= 2;
}

void CurveSeries::rewind(double x)
{
    m_pendingSum = {};
    m_pending = 0;
    const auto first = std::lower_bound(m_points.begin(), m_points.end(), x, [](const QPointF& point, double at) { return point.x() < at; });
    m_points.erase(first, m_points.end());
}

} // namespace espalier
