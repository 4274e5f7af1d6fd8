// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotMark.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

namespace espalier {

PlotMark::PlotMark(QCustomPlot* plot, Qt::PenStyle line)
    : m_plot(plot), m_line(new QCPItemStraightLine(plot)), m_text(new QCPItemText(plot)), m_style(line)
{
    m_line->setSelectable(false);
    m_text->setSelectable(false);
    m_text->setLayer(QStringLiteral("overlay")); // over the curves, which it may stand on
    m_text->position->setTypeX(QCPItemPosition::ptPlotCoords);
    m_text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_text->setPadding(QMargins(6, 2, 6, 2));
    restyle();
    set(std::nullopt);
}

void PlotMark::set(std::optional<double> x, const QString& label)
{
    m_x = x;
    m_label = label;
    m_line->setVisible(x.has_value());
    m_text->setVisible(x.has_value() && !label.isEmpty());
    m_text->setText(label);
    place();
}

void PlotMark::place()
{
    if (!m_x)
        return;
    m_line->point1->setCoords(*m_x, m_plot->yAxis->range().lower);
    m_line->point2->setCoords(*m_x, m_plot->yAxis->range().upper);
    const QFontMetrics metrics(m_text->font());
    const double at = m_plot->xAxis->coordToPixel(*m_x);
    const bool onTheLeft = at + metrics.horizontalAdvance(m_label) + 2 * gridStep > m_plot->axisRect()->right();
    const bool top = m_place == Place::Top;
    const bool middle = m_place == Place::Middle;
    m_text->position->setCoords(*m_x, top ? 0.02 : middle ? 0.5 : 0.97);
    m_text->setPositionAlignment((onTheLeft ? Qt::AlignRight : Qt::AlignLeft) | (top ? Qt::AlignTop : middle ? Qt::AlignVCenter : Qt::AlignBottom));
}

void PlotMark::restyle()
{
    const ThemeColors& colors = themeColors();
    m_line->setPen(QPen(colors.accent, 1.5, m_style));
    m_text->setColor(colors.accent);
    m_text->setBrush(QBrush(colors.base));
    m_text->setFont(m_plot->font());
}

} // namespace espalier
