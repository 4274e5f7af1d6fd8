// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TradeoffChart around the plot: its header, its look, and what mouse and keys do.
#include "widgets/compression/TradeoffChart.h"

#include "widgets/compression/BaselineMark.h"
#include "widgets/compression/MeasuredPoints.h"
#include "widgets/plots/PlotMark.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QToolTip>

namespace espalier {

QWidget* TradeoffChart::buildHeader()
{
    auto* header = new QWidget;
    header->setFixedHeight(headerHeight);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridStep / 2);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    row->addWidget(m_title);
    row->addStretch(1);
    for (QToolButton* button : {m_log, m_fit, m_export}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
    }
    m_log->setCheckable(true);
    m_fit->setIcon(icon(QStringLiteral("fit")));
    m_export->setIcon(icon(QStringLiteral("save")));
    auto* menu = new QMenu(m_export);
    m_copy = menu->addAction(icon(QStringLiteral("copy")), {}, this, [this] { QGuiApplication::clipboard()->setPixmap(m_plot->toPixmap(0, 0, 2)); });
    m_image = menu->addAction(icon(QStringLiteral("save")), {}, this, [this] { save(QStringLiteral(".png"), plotPng(*m_plot)); });
    m_drawing = menu->addAction(icon(QStringLiteral("save")), {}, this, [this] { save(QStringLiteral(".svg"), plotSvg(*m_plot)); });
    m_csv = menu->addAction(icon(QStringLiteral("data")), {}, this, [this] { save(QStringLiteral(".csv"), csv()); });
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
    return header;
}

void TradeoffChart::save(const QString& suffix, const QByteArray& content)
{
    Q_EMIT saveRequested(tr("Accuracy and size") + suffix, content);
}

void TradeoffChart::connectPlot()
{
    connect(themeNotifier(), &ThemeNotifier::changed, this, &TradeoffChart::restyle);
    connect(m_log, &QToolButton::toggled, this, &TradeoffChart::fit);
    connect(m_fit, &QToolButton::clicked, this, &TradeoffChart::fit);
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &TradeoffChart::fit);
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
        m_mark->place();
        m_baseline->place();
    });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        const auto index = pointAt(event->pos());
        select(index);
        m_plot->setCursor(index ? Qt::PointingHandCursor : Qt::ArrowCursor);
        QToolTip::showText(event->globalPosition().toPoint(), index ? describe(*index) : QString(), m_plot);
    });
    connect(m_plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        if (const auto index = pointAt(event->pos()); index && event->button() == Qt::LeftButton)
            Q_EMIT pointActivated(wholePercent(m_points[*index].sparsity));
    });
}

void TradeoffChart::retranslate()
{
    m_title->setText(tr("Accuracy against size"));
    m_plot->setAccessibleName(tr("Accuracy against package size"));
    m_plot->xAxis->setLabel(tr("Package size on disk"));
    m_plot->yAxis->setLabel(tr("Validation accuracy"));
    m_empty->setText(tr("Every measured sparsity becomes a dot here. Let the slider rest to measure one."));
    showKey();
    m_log->setText(tr("Log"));
    m_log->setToolTip(tr("Logarithmic size"));
    m_log->setAccessibleName(m_log->toolTip());
    m_fit->setToolTip(tr("Show all points (double click in the plot)"));
    m_fit->setAccessibleName(tr("Show all points"));
    m_export->setToolTip(tr("Copy or save the chart"));
    m_export->setAccessibleName(m_export->toolTip());
    m_copy->setText(tr("Copy as picture"));
    m_image->setText(tr("Save as PNG…"));
    m_drawing->setText(tr("Save as SVG…"));
    m_csv->setText(tr("Save as CSV…"));
}

void TradeoffChart::showKey()
{
    const ThemeColors& colors = themeColors();
    const auto entry = [](const QColor& color, const QString& sign, const QString& text) {
        return QStringLiteral("<span style='color:%1'>%2</span> %3").arg(color.name(), sign, text.toHtmlEscaped());
    };
    QStringList entries{entry(colors.series[0], QStringLiteral("○"), tr("straight after pruning")),
                              entry(colors.series[1], QStringLiteral("●"), tr("after fine-tuning")),
                              entry(colors.text, QStringLiteral("◆"), tr("dense"))};
    if (m_baseline->score())
        entries << entry(colors.series[2], QStringLiteral("▲"), tr("hashed n-grams"));
    m_key->setTextFormat(Qt::RichText);
    m_key->setText(entries.join(QStringLiteral("&nbsp;&nbsp; ")));
}

void TradeoffChart::restyle()
{
    applyPlotStyle(*m_plot);
    m_mark->restyle();
    m_baseline->restyle();
    const ThemeColors& colors = themeColors();
    const QPen oneShot(colors.series[0], 2);
    const QPen fineTuned(colors.series[1], 2);
    m_path->setPen(QPen(blended(colors.series[0], colors.base, 0.4), 1));
    m_oneShot->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, oneShot, QBrush(colors.base), 9));
    m_fineTuned->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, fineTuned, QBrush(colors.series[1]), 9));
    m_dense->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(colors.text, 2), QBrush(colors.text), 10));
    m_ring->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colors.accent, 2), Qt::NoBrush, 18));
    m_key->setForegroundRole(QPalette::PlaceholderText);
    showKey();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

bool TradeoffChart::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_plot && event->type() == QEvent::KeyPress && plotKey(*static_cast<QKeyEvent*>(event)))
        return true;
    if (watched == m_plot && event->type() == QEvent::Leave)
        select(std::nullopt);
    return QWidget::eventFilter(watched, event);
}

bool TradeoffChart::plotKey(const QKeyEvent& event)
{
    if (m_points.empty())
        return false;
    const std::size_t last = m_points.size() - 1;
    switch (event.key()) {
    case Qt::Key_Left: select(m_selected ? *m_selected - (*m_selected > 0 ? 1 : 0) : last); return true;
    case Qt::Key_Right: select(m_selected ? std::min(last, *m_selected + 1) : 0); return true;
    case Qt::Key_Home: select(0); return true;
    case Qt::Key_End: select(last); return true;
    case Qt::Key_0: fit(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_selected)
            Q_EMIT pointActivated(wholePercent(m_points[*m_selected].sparsity));
        return m_selected.has_value();
    default: return false;
    }
}

} // namespace espalier
