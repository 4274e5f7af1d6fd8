// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CurvePlot that answers events: keys, leaving, language.
#include "widgets/plots/CurvePlot.h"

#include "widgets/plots/CurveToolbar.h"
#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/QCustomPlotHeader.h"

#include <QKeyEvent>

namespace espalier {

void CurvePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        m_toolbar->retranslate();
    if (event->type() == QEvent::FontChange && m_mark)
        restyle();
    QWidget::changeEvent(event);
}

void CurvePlot::showEvent(QShowEvent* event)
{
    scheduleReplot();
    QWidget::showEvent(event);
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_plot && event->type() == QEvent::KeyPress && plotKey(*static_cast<QKeyEvent*>(event)))
        return true;
    if (watched == m_plot && (event->type() == QEvent::Leave || event->type() == QEvent::FocusOut))
        leaveCrosshair();
    return QWidget::eventFilter(watched, event);
}

bool CurvePlot::plotKey(const QKeyEvent& event)
{
    const QCPRange range = m_plot->xAxis->range();
    const double step = range.size() / (event.modifiers() & Qt::ControlModifier ? 10 : 100);
    const double at = m_crosshair->isVisible() ? m_crosshair->x() : range.center();
    switch (event.key()) {
    case Qt::Key_Left: moveCrosshair(at - step); return true;
    case Qt::Key_Right: moveCrosshair(at + step); return true;
    case Qt::Key_Home: moveCrosshair(range.lower); return true;
    case Qt::Key_End: moveCrosshair(range.upper); return true;
    case Qt::Key_Plus: zoom(0.8); return true;
    case Qt::Key_Minus: zoom(1.25); return true;
    case Qt::Key_0: fit(); return true;
    default: return false;
    }
}

void CurvePlot::zoom(double factor)
{
    m_following = false;
    m_plot->xAxis->scaleRange(factor);
    m_plot->yAxis->scaleRange(factor);
    scheduleReplot();
}

} // namespace espalier
