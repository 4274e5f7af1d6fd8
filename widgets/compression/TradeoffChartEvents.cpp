// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TradeoffChart around the plot: its header, its look, and what mouse and keys do.
#include "widgets/compression/TradeoffChart.h"

#include "widgets/compression/BaselineMark.h"
#include "widgets/compression/FloorBar.h"
#include "widgets/compression/FloorLine.h"
#include "widgets/compression/TradeoffGraphs.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

namespace espalier {
namespace {

constexpr int usualTicks = 5;
constexpr int tickWidth = 100; ///< pixels of the plot's width that each label below it needs

} // namespace

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
    m_title->setBuddy(m_axis);
    m_axis->setObjectName(QStringLiteral("tradeoffAxis"));
    for (int i = 0; i < 3; ++i)
        m_axis->addItem(QString());
    row->addWidget(m_title);
    row->addWidget(m_axis);
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
    connect(m_axis, &QComboBox::currentIndexChanged, this, [this] {
        retranslateAxes();
        choosePoints();
    });
    connect(m_plot, &QCustomPlot::afterLayout, this, [this] { m_baseline->place(); }); // its label looks for room: a new size gives another
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] {
        m_plot->xAxis->ticker()->setTickCount(std::clamp(m_plot->width() / tickWidth, 2, usualTicks));
        m_band->place();
        m_baseline->place();
        m_floor->place();
    });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) { moved(*event); });
    connect(m_plot, &QCustomPlot::mousePress, this, [this](QMouseEvent* event) { pressed(*event); });
    connect(m_plot, &QCustomPlot::mouseRelease, this, &TradeoffChart::released);
    connect(m_floorBar, &FloorBar::floorChanged, this, [this](std::optional<double> accuracy) {
        setFloor(accuracy);
        Q_EMIT floorChanged(accuracy);
    });
    connect(m_floorBar, &FloorBar::goWanted, this, [this] {
        if (const auto found = floor() ? smallestAbove(m_points, *floor()) : std::nullopt)
            activate(*found);
    });
}

void TradeoffChart::pressed(const QMouseEvent& event)
{
    if (event.button() != Qt::LeftButton)
        return;
    if (const auto index = pointAt(event.pos()))
        return activate(*index);
    m_draggingFloor = m_floor->isAt(event.pos());
    m_plot->setInteraction(QCP::iRangeDrag, !m_draggingFloor);
}

void TradeoffChart::moved(const QMouseEvent& event)
{
    if (m_draggingFloor)
        return moveFloor(m_plot->yAxis->pixelToCoord(event.pos().y()));
    const auto index = pointAt(event.pos());
    select(index);
    m_plot->setCursor(index ? Qt::PointingHandCursor : m_floor->isAt(event.pos()) ? Qt::SizeVerCursor : Qt::ArrowCursor);
    QToolTip::showText(event.globalPosition().toPoint(), index ? describe(*index) : QString(), m_plot);
}

void TradeoffChart::released()
{
    m_draggingFloor = false;
    m_plot->setInteraction(QCP::iRangeDrag, true);
}

void TradeoffChart::activate(std::size_t index)
{
    const MeasuredPoint wanted = m_points[index].measured; // the points may change while those who hear it act
    Q_EMIT pointActivated(wanted);
}

void TradeoffChart::select(std::optional<std::size_t> index)
{
    if (m_selected == index)
        return;
    m_selected = index;
    m_plot->setAccessibleDescription(index ? describe(*index) : QString());
    updateGraphs();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::retranslate()
{
    m_title->setText(tr("Accuracy against"));
    m_axis->setAccessibleName(tr("What accuracy is weighed against"));
    m_plot->yAxis->setLabel(tr("Validation accuracy"));
    retranslateAxes();
    choosePoints();
    m_log->setText(tr("Log"));
    m_log->setToolTip(tr("Logarithmic scale"));
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

void TradeoffChart::retranslateAxes()
{
    const QSignalBlocker quiet(m_axis);
    for (int i = 0; i < m_axis->count(); ++i)
        m_axis->setItemText(i, axisName(static_cast<TradeoffAxis>(i)));
    m_plot->xAxis->setLabel(axisLabel(axis(), m_place));
    m_plot->setAccessibleName(tr("Accuracy against %1").arg(axisName(axis())));
}

void TradeoffChart::showKey()
{
    const ThemeColors& colors = themeColors();
    QStringList entries = TradeoffGraphs::key();
    if (m_baseline->score())
        entries << QStringLiteral("<span style='color:%1'>%2</span>&nbsp;%3")
                       .arg(colors.series[2].name(), axis() == TradeoffAxis::Bytes ? QStringLiteral("▲") : QStringLiteral("┄"), tr("hashed n-grams").toHtmlEscaped());
    if (const std::size_t missing = m_all.size() - m_points.size(); missing > 0 && !m_points.empty())
        entries << tr("%n not measured", nullptr, static_cast<int>(missing)).toHtmlEscaped();
    for (QString& entry : entries)
        entry = QStringLiteral("<span style='white-space:nowrap'>%1</span>").arg(entry);
    m_key->setTextFormat(Qt::RichText);
    m_key->setText(entries.join(QStringLiteral("&nbsp; ")));
}

void TradeoffChart::restyle()
{
    applyPlotStyle(*m_plot);
    m_graphs->restyle();
    m_band->restyle();
    m_baseline->restyle();
    m_floor->restyle();
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
    const double floorStep = event.modifiers().testFlag(Qt::ShiftModifier) ? 0.01 : 0.001;
    const std::size_t last = m_points.size() - 1;
    switch (event.key()) {
    case Qt::Key_Left: select(m_selected ? *m_selected - (*m_selected > 0 ? 1 : 0) : last); return true;
    case Qt::Key_Right: select(m_selected ? std::min(last, *m_selected + 1) : 0); return true;
    case Qt::Key_Home: select(0); return true;
    case Qt::Key_End: select(last); return true;
    case Qt::Key_0: fit(); return true;
    case Qt::Key_Up: moveFloor(floor().value_or(m_floorBar->proposal()) + floorStep); return true;
    case Qt::Key_Down: moveFloor(floor().value_or(m_floorBar->proposal()) - floorStep); return true;
    case Qt::Key_Delete:
        setFloor(std::nullopt);
        Q_EMIT floorChanged(std::nullopt);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_selected)
            return false;
        activate(*m_selected);
        return true;
    default: return false;
    }
}

} // namespace espalier
