// SPDX-License-Identifier: GPL-3.0-or-later
// CurveSeries: the points of one curve, as they came in and smoothed. It stays within a bound: beyond maxPoints, neighbours
// are merged into their mean, so that a run of any length can be watched. x is in epochs. No Qt Widgets, no plotting.
#pragma once

#include <QPointF>

#include <cstddef>
#include <vector>

namespace espalier {

class CurveSeries {
public:
    static constexpr std::size_t maxPoints = 10'000;

    /// Adds a point. One at or left of the last point replaces what stands from there on: a resumed run repeats part of an epoch.
    /// Points that are no numbers (a diverged loss) are counted, not kept.
    void append(const QPointF& point);
    /// Adds those of @p points (ascending in x) that lie before the first or after the last point.
    void complete(const std::vector<QPointF>& points);
    void clear() { *this = {}; }

    /// Ascending in x, at most maxPoints + 1; each the mean of pointsPerEntry() neighbours.
    [[nodiscard]] std::vector<QPointF> points() const;
    /// Exponentially weighted mean of all points up to each one, where a point @p width epochs back weighs 1/e. Weights are
    /// normalised, so the start is not pulled towards zero. Width 0: the points themselves.
    [[nodiscard]] std::vector<QPointF> smoothed(double width) const;
    [[nodiscard]] bool isEmpty() const { return m_points.empty() && m_pending == 0; }
    [[nodiscard]] std::size_t received() const { return m_received; }
    [[nodiscard]] std::size_t notFinite() const { return m_notFinite; }
    [[nodiscard]] std::size_t pointsPerEntry() const { return m_stride; }

private:
    void add(const QPointF& point);
    void flush();
    void halve();
    void rewind(double x);

    std::vector<QPointF> m_points;
    QPointF m_pendingSum;
    std::size_t m_pending = 0; ///< points in m_pendingSum
    std::size_t m_stride = 1;
    std::size_t m_received = 0;
    std::size_t m_notFinite = 0;
    double m_lastX = 0;
};

} // namespace espalier
