// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/BaselineMark.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace espalier {
namespace {

constexpr double labelInset = 4; ///< pixels from the label to the axes' right edge
constexpr double labelStep = 16; ///< pixels between the places that are tried
constexpr double dotReach = 6;   ///< pixels around a dot that its label keeps clear of

} // namespace

BaselineMark::BaselineMark(QCustomPlot* plot)
    : m_plot(plot), m_line(new QCPItemStraightLine(plot)), m_label(new QCPItemText(plot)), m_dot(plot->addGraph())
{
    m_line->setSelectable(false);
    m_line->setLayer(QStringLiteral("grid")); // under the dots
    m_label->setSelectable(false);
    m_label->position->setType(QCPItemPosition::ptAbsolute);
    m_label->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_label->setPadding(QMargins(6, 2, 6, 2));
    m_dot->setLineStyle(QCPGraph::lsNone);
    restyle();
    set(std::nullopt);
}

void BaselineMark::set(const std::optional<BaselineScore>& score)
{
    m_score = score;
    m_dot->data()->clear();
    if (score)
        m_dot->addData(static_cast<double>(score->packageBytes), score->accuracy);
    m_line->setVisible(score.has_value());
    m_label->setVisible(score.has_value());
    place();
}

void BaselineMark::setSized(bool sized)
{
    m_sized = sized;
    m_dot->setVisible(sized);
    place();
}

QString BaselineMark::text() const
{
    if (!m_score)
        return {};
    if (!m_sized)
        return QCoreApplication::translate("BaselineMark", "hashed n-grams: %1").arg(formatPercent(m_score->accuracy));
    return QCoreApplication::translate("BaselineMark", "hashed n-grams: %1, %2").arg(formatPercent(m_score->accuracy), formatBytes(m_score->packageBytes));
}

void BaselineMark::place()
{
    if (!m_score)
        return;
    const bool outside = m_sized && static_cast<double>(m_score->packageBytes) > m_plot->xAxis->range().upper;
    m_line->point1->setCoords(m_plot->xAxis->range().lower, m_score->accuracy);
    m_line->point2->setCoords(m_plot->xAxis->range().upper, m_score->accuracy);
    m_label->setText(outside ? text() + QStringLiteral(" →") : text());
    const bool low = m_plot->yAxis->coordToPixel(m_score->accuracy) > m_plot->axisRect()->center().y();
    m_label->position->setPixelPosition(freePlace(low).topLeft());
}

/// As near to the line as dots leave room: from its right end to its left, first on the side where there is more; at the right end where they are everywhere.
QRectF BaselineMark::freePlace(bool aboveFirst) const
{
    const QMargins padding = m_label->padding();
    const QSizeF size = QFontMetricsF(m_label->font()).size(0, m_label->text()) + QSizeF(padding.left() + padding.right(), padding.top() + padding.bottom());
    const QRectF area = m_plot->axisRect()->rect();
    const double line = m_plot->yAxis->coordToPixel(m_score->accuracy);
    const auto placed = [&](double right, double away, bool above) { return QRectF({right - size.width(), above ? line - away - size.height() : line + away}, size); };
    const double end = area.right() - labelInset;
    for (double away = 0; away < 4 * size.height(); away += size.height() / 2)
        for (const bool above : {aboveFirst, !aboveFirst})
            for (double right = end; right - size.width() >= area.left(); right -= labelStep)
                if (const QRectF place = placed(right, away, above); isFree(place))
                    return place;
    return placed(end, 0, aboveFirst);
}

bool BaselineMark::isFree(const QRectF& place) const
{
    if (!QRectF(m_plot->axisRect()->rect()).contains(place))
        return false;
    const QRectF reach = place.adjusted(-dotReach, -dotReach, dotReach, dotReach);
    for (int i = 0; i < m_plot->graphCount(); ++i) {
        const QCPGraph* graph = m_plot->graph(i);
        const auto hides = [&](const QCPGraphData& dot) { return reach.contains(m_plot->xAxis->coordToPixel(dot.key), m_plot->yAxis->coordToPixel(dot.value)); };
        if (graph->visible() && std::any_of(graph->data()->constBegin(), graph->data()->constEnd(), hides))
            return false;
    }
    return true;
}

void BaselineMark::restyle()
{
    const ThemeColors& colors = themeColors();
    m_line->setPen(QPen(colors.series[2], 1.2, Qt::DotLine));
    m_label->setColor(colors.mutedText);
    m_label->setFont(m_plot->font());
    m_dot->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssTriangle, QPen(colors.series[2], 2), QBrush(colors.series[2]), 10));
}

} // namespace espalier
