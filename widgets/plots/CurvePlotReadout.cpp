// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CurvePlot that is read: the values under the crosshair, pictures and tables.
#include "widgets/plots/Curve.h"
#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double crosshairReach = 0.5; ///< epochs beyond a curve's ends

std::optional<QPointF> nearest(const QCPGraph& graph, double x)
{
    const auto data = graph.data();
    if (data->isEmpty() || x < data->constBegin()->key - crosshairReach || x > (data->constEnd() - 1)->key + crosshairReach)
        return std::nullopt;
    auto after = data->findBegin(x, false);
    if (after == data->constEnd())
        --after;
    if (after != data->constBegin() && x - (after - 1)->key < after->key - x)
        --after;
    return QPointF(after->key, after->value);
}

} // namespace

void CurvePlot::moveCrosshair(double x)
{
    const QCPRange range = m_plot->xAxis->range();
    const double at = std::clamp(x, range.lower, range.upper);
    m_crosshair->show(at, valuesAt(at));
    Q_EMIT crosshairMoved(at);
}

void CurvePlot::leaveCrosshair()
{
    m_crosshair->hide();
    Q_EMIT crosshairMoved(std::nullopt);
}

void CurvePlot::followCrosshair(std::optional<double> x)
{
    if (x && isVisible() && m_plot->isVisible() && m_plot->xAxis->range().contains(*x))
        m_crosshair->show(*x, valuesAt(*x));
    else
        m_crosshair->hide();
}

void CurvePlot::link(const std::vector<CurvePlot*>& plots)
{
    for (CurvePlot* one : plots)
        for (CurvePlot* other : plots)
            if (one != other) {
                one->m_linked.emplace_back(other);
                connect(one, &CurvePlot::crosshairMoved, other, &CurvePlot::followCrosshair);
            }
}

QString CurvePlot::valuesAt(double x) const
{
    QStringList lines(QStringLiteral("%1 %2").arg(m_xLabel, QLocale().toString(x, 'f', 2)));
    for (const auto& curve : m_curves)
        if (const QString line = curve->visible ? describe(*curve, x) : QString(); !line.isEmpty())
            lines.append(line);
    return lines.join(QLatin1Char('\n'));
}

QString CurvePlot::describe(const Curve& curve, double x) const
{
    const auto measured = nearest(*curve.raw, x);
    const auto smoothed = nearest(*curve.smoothed, x);
    if (!measured || !smoothed)
        return {};
    if (smoothing() <= 0)
        return tr("%1: %2").arg(curve.style.name, formatValue(measured->y()));
    return tr("%1: %2 (smoothed %3)").arg(curve.style.name, formatValue(measured->y()), formatValue(smoothed->y()));
}

QString CurvePlot::formatValue(double value) const
{
    return m_kind == ValueKind::Percent ? formatPercent(value) : QLocale().toString(value, 'f', std::abs(value) < 0.1 ? 4 : 3);
}

QByteArray CurvePlot::csv() const
{
    QByteArray text("series,epoch,value,smoothed\n");
    for (const auto& curve : m_curves) {
        const std::vector<QPointF> points = curve->series.points();
        const std::vector<QPointF> smooth = curve->series.smoothed(smoothing());
        for (std::size_t i = 0; i < points.size(); ++i)
            text += curve->style.id.toUtf8() + ',' + QByteArray::number(points[i].x(), 'g', 8) + ',' + QByteArray::number(points[i].y(), 'g', 8) + ',' +
                    QByteArray::number(smooth[i].y(), 'g', 8) + '\n';
    }
    return text;
}

QPixmap CurvePlot::picture() const
{
    return m_plot->toPixmap(0, 0, std::max(2.0, devicePixelRatioF()));
}

QByteArray CurvePlot::svg() const
{
    return plotSvg(*m_plot);
}

} // namespace espalier
