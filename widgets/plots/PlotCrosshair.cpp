// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotCrosshair.h"

#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QLabel>

namespace espalier {

PlotCrosshair::PlotCrosshair(QCustomPlot* plot) : QObject(plot), m_plot(plot), m_line(new QCPItemStraightLine(plot)), m_box(new QLabel(plot))
{
    m_line->setLayer(QStringLiteral("overlay"));
    m_line->setVisible(false);
    m_line->setSelectable(false);
    m_line->setClipToAxisRect(true);
    m_box->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_box->setTextFormat(Qt::PlainText);
    m_box->setAutoFillBackground(true);
    m_box->setFrameShape(QFrame::Box);
    m_box->setMargin(gridStep / 2);
    m_box->hide();
    restyle();
}

void PlotCrosshair::show(double x, const QString& text)
{
    m_x = x;
    m_line->point1->setCoords(x, m_plot->yAxis->range().lower);
    m_line->point2->setCoords(x, m_plot->yAxis->range().upper);
    m_line->setVisible(true);
    m_line->layer()->replot();
    m_box->setText(text);
    m_box->adjustSize();
    const QRect area = m_plot->axisRect()->rect();
    const int at = static_cast<int>(m_plot->xAxis->coordToPixel(x));
    const bool onTheLeft = at + gridStep + m_box->width() > area.right();
    m_box->move(onTheLeft ? at - gridStep - m_box->width() : at + gridStep, area.top() + gridStep);
    m_box->setVisible(!text.isEmpty());
}

void PlotCrosshair::hide()
{
    if (!m_line->visible())
        return;
    m_line->setVisible(false);
    m_line->layer()->replot();
    m_box->hide();
}

bool PlotCrosshair::isVisible() const
{
    return m_line->visible();
}

QString PlotCrosshair::text() const
{
    return m_box->text();
}

void PlotCrosshair::restyle()
{
    const ThemeColors& colors = themeColors();
    m_line->setPen(QPen(colors.mutedText, 1));
    QPalette palette = m_box->palette();
    palette.setColor(QPalette::Window, colors.raised);
    palette.setColor(QPalette::WindowText, colors.text);
    m_box->setPalette(palette);
    m_box->setFont(tabularFont(m_plot->font()));
}

} // namespace espalier
