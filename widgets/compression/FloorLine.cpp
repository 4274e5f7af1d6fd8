// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/FloorLine.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>

namespace espalier {
namespace {

constexpr double reach = 5; ///< pixels beside the line that count as on it

} // namespace

FloorLine::FloorLine(QCustomPlot* plot) : m_plot(plot), m_line(new QCPItemStraightLine(plot)), m_label(new QCPItemText(plot))
{
    m_line->setSelectable(false);
    m_label->setSelectable(false);
    m_label->setLayer(QStringLiteral("overlay"));
    m_label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_label->position->setTypeY(QCPItemPosition::ptPlotCoords);
    m_label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_label->setPadding(QMargins(4, 1, 4, 1));
    restyle();
    set(std::nullopt);
}

void FloorLine::set(std::optional<double> accuracy)
{
    m_accuracy = accuracy;
    m_line->setVisible(accuracy.has_value());
    m_label->setVisible(accuracy.has_value());
    if (accuracy)
        m_label->setText(QCoreApplication::translate("FloorLine", "floor %1").arg(formatPercent(*accuracy)));
    place();
}

bool FloorLine::isAt(const QPoint& position) const
{
    return m_accuracy && m_plot->axisRect()->rect().contains(position) && std::abs(m_plot->yAxis->coordToPixel(*m_accuracy) - position.y()) <= reach;
}

void FloorLine::place()
{
    if (!m_accuracy)
        return;
    m_line->point1->setCoords(m_plot->xAxis->range().lower, *m_accuracy);
    m_line->point2->setCoords(m_plot->xAxis->range().upper, *m_accuracy);
    m_label->position->setCoords(0.01, *m_accuracy);
}

void FloorLine::restyle()
{
    const ThemeColors& colors = themeColors();
    m_line->setPen(QPen(colors.success, 1.5, Qt::DashDotLine));
    m_label->setColor(colors.success);
    m_label->setFont(m_plot->font());
}

} // namespace espalier
