// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CurvePlot that draws: graphs from points, ranges of the axes, colours.
#include "widgets/plots/Curve.h"
#include "widgets/plots/CurveToolbar.h"
#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/PlotMark.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QStackedWidget>

#include <cmath>
#include <limits>

namespace espalier {
namespace {

QSharedPointer<QCPGraphDataContainer> graphData(const std::vector<QPointF>& points)
{
    QVector<QCPGraphData> values;
    values.reserve(static_cast<int>(points.size()));
    for (const QPointF& point : points)
        values.append(QCPGraphData(point.x(), point.y()));
    auto data = QSharedPointer<QCPGraphDataContainer>::create();
    data->set(values, true);
    return data;
}

void widen(QCPRange& range, const QCPGraph& graph, bool logarithmic)
{
    bool found = false;
    const QCPRange own = graph.getValueRange(found, logarithmic ? QCP::sdPositive : QCP::sdBoth);
    if (found)
        range = range.size() < 0 ? own : QCPRange(std::min(range.lower, own.lower), std::max(range.upper, own.upper));
}

QCPRange padded(const QCPRange& range, bool logarithmic)
{
    if (logarithmic) {
        const double factor = std::max(1.1, std::pow(range.upper / range.lower, 0.06));
        return {range.lower / factor, range.upper * factor};
    }
    const double margin = range.size() > 0 ? range.size() * 0.06 : std::max(0.05, std::abs(range.upper) * 0.1);
    return {range.lower - margin, range.upper + margin};
}

} // namespace

void CurvePlot::scheduleReplot()
{
    m_pages->setCurrentWidget(isEmpty() ? static_cast<QWidget*>(m_empty) : m_plot);
    if (!m_replotTimer.isActive())
        m_replotTimer.start();
}

void CurvePlot::replotNow()
{
    if (!isVisible())
        return; // showEvent() makes up for it
    for (auto& curve : m_curves)
        updateGraphs(*curve);
    if (m_following)
        rescale();
    placeMarkLabel();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
    if (m_crosshair->isVisible())
        followCrosshair(m_crosshair->x()); // the values under it may be others now
}

void CurvePlot::updateGraphs(Curve& curve)
{
    curve.raw->setVisible(curve.visible);
    curve.smoothed->setVisible(curve.visible);
    if (!curve.dirty)
        return;
    curve.raw->setData(graphData(curve.series.points()));
    curve.smoothed->setData(graphData(curve.series.smoothed(smoothing())));
    curve.dirty = false;
}

double CurvePlot::lastEpoch() const
{
    double last = 1;
    for (const auto& curve : m_curves)
        if (curve->visible && !curve->series.isEmpty())
            last = std::max(last, curve->series.points().back().x());
    return last;
}

/// Accuracies rise and losses fall, so that there is room for the label under the ones and over the others; unless a curve runs
/// there.
void CurvePlot::placeMarkLabel()
{
    if (!m_mark->x())
        return;
    using Place = PlotMark::Place;
    constexpr double strip = 0.16; // of the height
    const QRect area = m_plot->axisRect()->rect();
    bool topCrossed = false;
    bool bottomCrossed = false;
    for (const auto& curve : m_curves)
        for (const QPointF& point : curve->series.points()) {
            if (!curve->visible || std::abs(point.x() - *m_mark->x()) > 1)
                continue;
            const double height = (m_plot->yAxis->coordToPixel(point.y()) - area.top()) / std::max(1, area.height());
            topCrossed = topCrossed || height < strip;
            bottomCrossed = bottomCrossed || height > 1 - strip;
        }
    if (topCrossed && bottomCrossed)
        return m_mark->setLabelPlace(Place::Middle);
    const bool bottom = m_kind == ValueKind::Percent ? !bottomCrossed : topCrossed;
    m_mark->setLabelPlace(bottom ? Place::Bottom : Place::Top);
}

void CurvePlot::rescale()
{
    const bool logarithmic = isLogarithmic();
    QCPRange values;
    values.lower = std::numeric_limits<double>::max();
    values.upper = std::numeric_limits<double>::lowest();
    double last = lastEpoch();
    for (const auto& other : m_linked)
        last = other ? std::max(last, other->lastEpoch()) : last;
    for (const auto& curve : m_curves) {
        if (!curve->visible || curve->raw->data()->isEmpty())
            continue;
        widen(values, *curve->raw, logarithmic);
    }
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->xAxis->setRange(0, last * 1.02);
    if (values.size() < 0)
        return;
    m_plot->yAxis->setRange(padded(values, logarithmic));
    if (m_kind == ValueKind::Number)
        m_plot->yAxis->setTicker(logarithmic ? logarithmicTicker(values.lower, values.upper) : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
}

void CurvePlot::restyle()
{
    applyPlotStyle(*m_plot);
    m_crosshair->restyle();
    m_mark->restyle();
    for (auto& curve : m_curves)
        restyle(*curve);
    scheduleReplot();
}

void CurvePlot::restyle(Curve& curve)
{
    const auto& palette = themeColors().series;
    const QColor color = palette.at(static_cast<std::size_t>(curve.style.color) % palette.size());
    const QPen pen(color, 2.2, curve.style.line, Qt::RoundCap, Qt::RoundJoin);
    QColor faint = color;
    faint.setAlphaF(0.4F);
    curve.raw->setPen(QPen(faint, 1));
    curve.raw->setLineStyle(curve.style.dots ? QCPGraph::lsNone : QCPGraph::lsLine);
    curve.raw->setScatterStyle(curve.style.dots ? QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(color), QBrush(color), 5) : QCPScatterStyle());
    curve.smoothed->setPen(pen);
    m_toolbar->setCurve(curve.style.id, curve.style.name, lineSample(pen, curve.style.dots));
}

} // namespace espalier
