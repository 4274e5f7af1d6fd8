// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/CurvePlot.h"

#include "widgets/plots/Curve.h"
#include "widgets/plots/CurveToolbar.h"
#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/PlotMark.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace espalier {
namespace {

constexpr int replotInterval = 50; ///< milliseconds

} // namespace

CurvePlot::CurvePlot(ValueKind kind, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_toolbar(new CurveToolbar(kind == ValueKind::Number)), m_pages(new QStackedWidget), m_empty(new QLabel),
      m_plot(makePlot())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gridStep / 2);
    column->addWidget(m_toolbar);
    column->addWidget(m_pages, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAutoFillBackground(true);
    m_empty->setBackgroundRole(QPalette::Base);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_plot);
    buildPlot();
    m_replotTimer.setSingleShot(true);
    m_replotTimer.setInterval(replotInterval);
    m_toolbar->setSmoothing(0.1);
    connectToolbar();
    connectPlot();
    restyle();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::buildPlot()
{
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMinimumSize(20 * gridStep, 10 * gridStep);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->xAxis->setTicker(epochTicker());
    if (m_kind == ValueKind::Percent)
        m_plot->yAxis->setTicker(percentTicker());
    m_crosshair = new PlotCrosshair(m_plot);
    m_mark = std::make_unique<PlotMark>(m_plot, Qt::DotLine);
}

void CurvePlot::connectToolbar()
{
    connect(m_toolbar, &CurveToolbar::smoothingChanged, this, [this] {
        for (auto& curve : m_curves)
            curve->dirty = true;
        scheduleReplot();
    });
    connect(m_toolbar, &CurveToolbar::curveToggled, this, [this](const QString& id, bool visible) {
        if (Curve* curve = find(id))
            curve->visible = visible;
        scheduleReplot();
    });
    connect(m_toolbar, &CurveToolbar::logarithmicToggled, this, &CurvePlot::fit);
    connect(m_toolbar, &CurveToolbar::fitRequested, this, &CurvePlot::fit);
    connect(m_toolbar, &CurveToolbar::copyRequested, this, [this] { QGuiApplication::clipboard()->setPixmap(picture()); });
    connect(m_toolbar, &CurveToolbar::csvRequested, this, [this] { Q_EMIT saveRequested(m_title + QStringLiteral(".csv"), csv()); });
    connect(m_toolbar, &CurveToolbar::imageRequested, this, [this] { Q_EMIT saveRequested(m_title + QStringLiteral(".png"), plotPng(*m_plot)); });
    connect(m_toolbar, &CurveToolbar::drawingRequested, this, [this] { Q_EMIT saveRequested(m_title + QStringLiteral(".svg"), svg()); });
}

void CurvePlot::connectPlot()
{
    connect(&m_replotTimer, &QTimer::timeout, this, &CurvePlot::replotNow);
    connect(themeNotifier(), &ThemeNotifier::changed, this, qOverload<>(&CurvePlot::restyle));
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &CurvePlot::fit);
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_following = false; });
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] { m_mark->place(); });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        m_following = m_following && event->buttons() == Qt::NoButton;
        if (m_plot->axisRect()->rect().contains(event->pos()))
            moveCrosshair(m_plot->xAxis->pixelToCoord(event->pos().x()));
        else
            leaveCrosshair();
    });
}

void CurvePlot::setTitles(const QString& title, const QString& xLabel, const QString& yLabel)
{
    m_title = title;
    m_xLabel = xLabel;
    m_toolbar->setTitle(title);
    m_plot->xAxis->setLabel(xLabel);
    m_plot->yAxis->setLabel(yLabel);
    m_plot->setAccessibleName(title);
    scheduleReplot();
}

void CurvePlot::setEmptyText(const QString& text)
{
    m_empty->setText(text);
}

void CurvePlot::setCurve(const CurveStyle& style)
{
    Curve* curve = find(style.id);
    if (!curve) {
        curve = m_curves.emplace_back(std::make_unique<Curve>()).get();
        curve->raw = m_plot->addGraph();
        curve->smoothed = m_plot->addGraph();
    }
    curve->style = style;
    restyle(*curve);
    scheduleReplot();
}

Curve* CurvePlot::find(const QString& id) const
{
    const auto found = std::find_if(m_curves.begin(), m_curves.end(), [&](const auto& curve) { return curve->style.id == id; });
    return found == m_curves.end() ? nullptr : found->get();
}

void CurvePlot::append(const QString& id, const std::vector<QPointF>& points)
{
    Curve* curve = find(id);
    if (!curve || points.empty())
        return;
    for (const QPointF& point : points)
        curve->series.append(point);
    curve->dirty = true;
    scheduleReplot();
    for (const auto& other : m_linked)
        if (other)
            other->scheduleReplot(); // it shows the same stretch of epochs
}

void CurvePlot::complete(const QString& id, const std::vector<QPointF>& points)
{
    Curve* curve = find(id);
    if (!curve)
        return;
    curve->series.complete(points);
    curve->dirty = true;
    scheduleReplot();
}

void CurvePlot::clearPoints()
{
    for (auto& curve : m_curves) {
        curve->series.clear();
        curve->dirty = true;
    }
    m_following = true;
    m_crosshair->hide();
    setMark(std::nullopt);
}

void CurvePlot::setMark(std::optional<double> x, const QString& label)
{
    m_mark->set(x, label);
    scheduleReplot();
}

std::optional<double> CurvePlot::mark() const
{
    return m_mark->x();
}

QString CurvePlot::markLabel() const
{
    return m_mark->label();
}

void CurvePlot::setLogarithmic(bool on)
{
    m_toolbar->setLogarithmic(on && m_kind == ValueKind::Number);
}

bool CurvePlot::isLogarithmic() const
{
    return m_toolbar->isLogarithmic();
}

void CurvePlot::setSmoothing(double epochs)
{
    m_toolbar->setSmoothing(epochs);
}

double CurvePlot::smoothing() const
{
    return m_toolbar->smoothing();
}

const CurveSeries* CurvePlot::series(const QString& id) const
{
    const Curve* curve = find(id);
    return curve ? &curve->series : nullptr;
}

void CurvePlot::fit()
{
    m_following = true;
    scheduleReplot();
}

bool CurvePlot::isEmpty() const
{
    return std::all_of(m_curves.begin(), m_curves.end(), [](const auto& curve) { return curve->series.isEmpty(); });
}

} // namespace espalier
