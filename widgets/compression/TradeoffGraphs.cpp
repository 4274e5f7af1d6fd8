// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/TradeoffGraphs.h"

#include "widgets/compression/TradeoffText.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QStringList>

namespace espalier {
namespace {

constexpr double whisker = 5; ///< pixels

QColor colorOf(PointKind kind)
{
    const ThemeColors& colors = themeColors();
    switch (kind) {
    case PointKind::Dense: return colors.text;
    case PointKind::Distilled: return colors.series[3];
    case PointKind::FineTuned: return colors.series[1];
    default: return colors.series[0];
    }
}

QCPScatterStyle shapeOf(PointKind kind, const QColor& color)
{
    const QPen pen(color, 2);
    switch (kind) {
    case PointKind::Dense: return {QCPScatterStyle::ssDiamond, pen, QBrush(color), 10};
    case PointKind::Distilled: return {QCPScatterStyle::ssSquare, pen, QBrush(color), 8};
    case PointKind::FineTuned: return {QCPScatterStyle::ssCircle, pen, QBrush(color), 9};
    default: return {QCPScatterStyle::ssCircle, pen, QBrush(themeColors().base), 9};
    }
}

} // namespace

TradeoffGraphs::TradeoffGraphs(QCustomPlot* plot) : m_front(plot->addGraph())
{
    m_front->setLineStyle(QCPGraph::lsStepLeft); // within a budget one gets the best that fits into it
    m_front->setScatterStyle(QCPScatterStyle::ssNone);
    for (auto& kind : m_dots)
        for (Dots& dots : kind) {
            dots.graph = plot->addGraph();
            dots.graph->setLineStyle(QCPGraph::lsNone);
            dots.intervals = new QCPErrorBars(plot->xAxis, plot->yAxis);
            dots.intervals->setDataPlottable(dots.graph);
            dots.intervals->setWhiskerWidth(whisker);
            dots.intervals->setSymbolGap(0);
            dots.intervals->setSelectable(QCP::stNone);
        }
    m_ring = plot->addGraph();
    m_ring->setLineStyle(QCPGraph::lsNone);
}

void TradeoffGraphs::show(const std::vector<ChartPoint>& points, TradeoffAxis axis, std::optional<std::size_t> selected)
{
    m_front->data()->clear();
    m_ring->data()->clear();
    for (auto& kind : m_dots)
        for (Dots& dots : kind) {
            dots.graph->data()->clear();
            dots.intervals->data()->clear();
        }
    for (const ChartPoint& shown : points) {
        const SparsityPoint& point = shown.point();
        Dots& dots = m_dots.at(static_cast<std::size_t>(shown.kind)).at(shown.current ? 1 : 0);
        dots.graph->addData(*axisValue(axis, point), point.accuracy);
        const bool measured = point.accuracyHigh > 0;
        dots.intervals->addData(measured ? point.accuracy - point.accuracyLow : qQNaN(), measured ? point.accuracyHigh - point.accuracy : qQNaN());
    }
    for (const std::size_t i : paretoFront(points, axis))
        m_front->addData(*axisValue(axis, points[i].point()), points[i].point().accuracy);
    if (selected)
        m_ring->addData(*axisValue(axis, points[*selected].point()), points[*selected].point().accuracy);
}

void TradeoffGraphs::restyle()
{
    const ThemeColors& colors = themeColors();
    for (std::size_t kind = 0; kind < kindCount; ++kind)
        for (std::size_t current = 0; current < 2; ++current) {
            const QColor own = colorOf(static_cast<PointKind>(kind));
            const QColor color = current == 1 ? own : blended(own, colors.base, 0.5);
            m_dots.at(kind).at(current).graph->setScatterStyle(shapeOf(static_cast<PointKind>(kind), color));
            m_dots.at(kind).at(current).intervals->setPen(QPen(blended(color, colors.base, 0.7), 1));
        }
    m_front->setPen(QPen(colors.mutedText, 1));
    m_ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colors.accent, 2), Qt::NoBrush, 18));
}

QStringList TradeoffGraphs::key()
{
    const auto entry = [](PointKind kind, const QString& sign) {
        return QStringLiteral("<span style='color:%1'>%2</span>&nbsp;%3").arg(colorOf(kind).name(), sign, kindName(kind).toHtmlEscaped());
    };
    return {entry(PointKind::OneShot, QStringLiteral("○")), entry(PointKind::FineTuned, QStringLiteral("●")), entry(PointKind::Distilled, QStringLiteral("■")),
            entry(PointKind::Dense, QStringLiteral("◆"))};
}

} // namespace espalier
