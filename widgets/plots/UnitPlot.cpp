// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/UnitPlot.h"

#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QVBoxLayout>

namespace espalier {

UnitPlot::UnitPlot(QWidget* parent) : QWidget(parent), m_plot(makePlot())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plot);
    setMinimumHeight(20 * gridStep);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTicker(percentTicker());
        axis->setRange(0, 1);
    }
    m_plot->setFocusPolicy(Qt::NoFocus); // a picture: its figures stand beside it as text
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignRight | Qt::AlignBottom);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &UnitPlot::draw);
    draw();
}

void UnitPlot::setTitles(const QString& xLabel, const QString& yLabel)
{
    m_plot->xAxis->setLabel(xLabel);
    m_plot->yAxis->setLabel(yLabel);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void UnitPlot::setLines(const std::vector<Line>& lines)
{
    m_lines = lines;
    draw();
}

void UnitPlot::setMark(std::optional<QPointF> point, const QString& name)
{
    m_mark = point;
    m_markName = name;
    draw();
}

void UnitPlot::draw()
{
    const ThemeColors& colors = themeColors();
    m_plot->clearPlottables();
    applyPlotStyle(*m_plot);
    auto* diagonal = new QCPCurve(m_plot->xAxis, m_plot->yAxis);
    diagonal->addData(0, 0);
    diagonal->addData(1, 1);
    diagonal->setPen(QPen(colors.mutedText, 1, Qt::DotLine));
    diagonal->removeFromLegend();
    for (const Line& line : m_lines) {
        auto* curve = new QCPCurve(m_plot->xAxis, m_plot->yAxis); // a curve may rise straight up; a graph may not
        for (const QPointF& point : line.points)
            curve->addData(point.x(), point.y());
        const QColor color = colors.series.at(static_cast<std::size_t>(line.color));
        curve->setPen(QPen(color, 2, line.style));
        if (line.dots)
            curve->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, color, color, 6));
        curve->setName(line.name);
    }
    if (m_mark) {
        auto* point = new QCPCurve(m_plot->xAxis, m_plot->yAxis);
        point->addData(m_mark->x(), m_mark->y());
        point->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, colors.danger, colors.danger, 12));
        point->setPen(QPen(Qt::NoPen));
        point->setName(m_markName);
    }
    m_plot->legend->setVisible(m_lines.size() > 1 || m_mark);
    m_plot->legend->setBrush(colors.raised);
    m_plot->legend->setBorderPen(QPen(colors.border));
    m_plot->legend->setTextColor(colors.text);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace espalier
