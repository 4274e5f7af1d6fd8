// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/BaselineMark.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>

namespace espalier {

BaselineMark::BaselineMark(QCustomPlot* plot)
    : m_plot(plot), m_line(new QCPItemStraightLine(plot)), m_label(new QCPItemText(plot)), m_dot(plot->addGraph())
{
    m_line->setSelectable(false);
    m_line->setLayer(QStringLiteral("grid")); // under the dots
    m_label->setSelectable(false);
    m_label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_label->position->setTypeY(QCPItemPosition::ptPlotCoords);
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
    m_label->position->setCoords(0.99, m_score->accuracy);
    const bool low = m_plot->yAxis->coordToPixel(m_score->accuracy) > m_plot->axisRect()->center().y();
    m_label->setPositionAlignment(Qt::AlignRight | (low ? Qt::AlignBottom : Qt::AlignTop)); // on the side where there is room
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
