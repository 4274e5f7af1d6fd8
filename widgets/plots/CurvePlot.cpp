// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/CurvePlot.h"

#include "widgets/plots/CurveToolbar.h"
#include "widgets/plots/PlotCrosshair.h"
#include "widgets/plots/PlotMark.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QBuffer>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace espalier {

struct Curve {
    CurveStyle style;
    CurveSeries series;
    QCPGraph* raw = nullptr;      ///< owned by the plot, as is smoothed
    QCPGraph* smoothed = nullptr;
    bool visible = true;
    bool dirty = false;
};

namespace {

constexpr int replotInterval = 50; ///< milliseconds
constexpr double crosshairReach = 0.5; ///< epochs beyond a curve's ends

QSharedPointer<QCPGraphDataContainer> graphData(const std::vector<QPointF>& points)
{
    QVector<QCPGraphData> values;
    values.reserve(static_cast<int>(points.size()));
    for (const QPointF& point : points)
        values.append(QCPGraphData(point.x(), point.y()));
    auto data = QSharedPointer<QCPGraphDataContainer>::create();
    data->set(values, true);
    return data;
}

std::optional<QPointF> nearest(const QCPGraph& graph, double x)
{
    const auto data = graph.data();
    if (data->isEmpty() || x < data->constBegin()->key - crosshairReach || x > (data->constEnd() - 1)->key + crosshairReach)
        return std::nullopt;
    auto after = data->findBegin(x, false);
    if (after == data->constEnd())
        --after;
    if (after != data->constBegin() && x - (after - 1)->key < after->key - x)
        --after;
    return QPointF(after->key, after->value);
}

void widen(QCPRange& range, const QCPGraph& graph, bool logarithmic)
{
    bool found = false;
    const QCPRange own = graph.getValueRange(found, logarithmic ? QCP::sdPositive : QCP::sdBoth);
    if (found)
        range = range.size() < 0 ? own : QCPRange(std::min(range.lower, own.lower), std::max(range.upper, own.upper));
}

QCPRange padded(const QCPRange& range, bool logarithmic)
{
    if (logarithmic) {
        const double factor = std::max(1.1, std::pow(range.upper / range.lower, 0.06));
        return {range.lower / factor, range.upper * factor};
    }
    const double margin = range.size() > 0 ? range.size() * 0.06 : std::max(0.05, std::abs(range.upper) * 0.1);
    return {range.lower - margin, range.upper + margin};
}

} // namespace

CurvePlot::CurvePlot(ValueKind kind, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_toolbar(new CurveToolbar(kind == ValueKind::Number)), m_pages(new QStackedWidget), m_empty(new QLabel),
      m_plot(new QCustomPlot)
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
    m_toolbar->setSmoothing(0.3);
    connectToolbar();
    connectPlot();
    restyle();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::buildPlot()
{
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMinimumSize(20 * gridStep, 14 * gridStep);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
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
        for (auto& curve : m_curves)
            if (curve->style.id == id)
                curve->visible = visible;
        scheduleReplot();
    });
    connect(m_toolbar, &CurveToolbar::logarithmicToggled, this, &CurvePlot::fit);
    connect(m_toolbar, &CurveToolbar::fitRequested, this, &CurvePlot::fit);
    connect(m_toolbar, &CurveToolbar::copyRequested, this, [this] { QGuiApplication::clipboard()->setPixmap(picture()); });
    connect(m_toolbar, &CurveToolbar::csvRequested, this, [this] { Q_EMIT saveRequested(m_title + QStringLiteral(".csv"), csv()); });
    connect(m_toolbar, &CurveToolbar::imageRequested, this, [this] {
        QByteArray content;
        QBuffer buffer(&content);
        picture().save(&buffer, "PNG");
        Q_EMIT saveRequested(m_title + QStringLiteral(".png"), content);
    });
}

void CurvePlot::connectPlot()
{
    connect(&m_replotTimer, &QTimer::timeout, this, &CurvePlot::replotNow);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &CurvePlot::restyle);
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &CurvePlot::fit);
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_following = false; });
    connect(m_plot, &QCustomPlot::beforeReplot, this, [this] { m_mark->place(); });
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        m_following = m_following && event->buttons() == Qt::NoButton;
        if (m_plot->axisRect()->rect().contains(event->pos()))
            moveCrosshair(m_plot->xAxis->pixelToCoord(event->pos().x()));
        else
            m_crosshair->hide();
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
    const auto found = std::find_if(m_curves.begin(), m_curves.end(), [&](const auto& curve) { return curve->style.id == style.id; });
    if (found == m_curves.end()) {
        m_curves.push_back(std::make_unique<Curve>());
        m_curves.back()->raw = m_plot->addGraph();
        m_curves.back()->smoothed = m_plot->addGraph();
    }
    Curve& curve = found == m_curves.end() ? *m_curves.back() : **found;
    curve.style = style;
    restyle(curve);
    scheduleReplot();
}

void CurvePlot::append(const QString& id, const std::vector<QPointF>& points)
{
    for (auto& curve : m_curves) {
        if (curve->style.id != id || points.empty())
            continue;
        for (const QPointF& point : points)
            curve->series.append(point);
        curve->dirty = true;
        scheduleReplot();
    }
}

void CurvePlot::complete(const QString& id, const std::vector<QPointF>& points)
{
    for (auto& curve : m_curves) {
        if (curve->style.id != id)
            continue;
        curve->series.complete(points);
        curve->dirty = true;
        scheduleReplot();
    }
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
    for (const auto& curve : m_curves)
        if (curve->style.id == id)
            return &curve->series;
    return nullptr;
}

void CurvePlot::fit()
{
    m_following = true;
    scheduleReplot();
}

void CurvePlot::scheduleReplot()
{
    m_pages->setCurrentWidget(isEmpty() ? static_cast<QWidget*>(m_empty) : m_plot);
    if (!m_replotTimer.isActive())
        m_replotTimer.start();
}

void CurvePlot::replotNow()
{
    if (!isVisible())
        return; // showEvent() makes up for it
    for (auto& curve : m_curves)
        updateGraphs(*curve);
    if (m_following)
        rescale();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
    if (m_crosshair->isVisible())
        moveCrosshair(m_crosshair->x());
}

void CurvePlot::updateGraphs(Curve& curve)
{
    curve.raw->setVisible(curve.visible);
    curve.smoothed->setVisible(curve.visible);
    if (!curve.dirty)
        return;
    curve.raw->setData(graphData(curve.series.points()));
    curve.smoothed->setData(graphData(curve.series.smoothed(smoothing())));
    curve.dirty = false;
}

void CurvePlot::rescale()
{
    const bool logarithmic = isLogarithmic();
    QCPRange values;
    values.lower = std::numeric_limits<double>::max();
    values.upper = std::numeric_limits<double>::lowest();
    double last = 1;
    for (const auto& curve : m_curves) {
        if (!curve->visible || curve->raw->data()->isEmpty())
            continue;
        last = std::max(last, (curve->raw->data()->constEnd() - 1)->key);
        widen(values, *curve->raw, logarithmic);
    }
    m_plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->xAxis->setRange(0, last * 1.02);
    if (values.size() < 0)
        return;
    m_plot->yAxis->setRange(padded(values, logarithmic));
    if (m_kind == ValueKind::Number)
        m_plot->yAxis->setTicker(logarithmic ? logarithmicTicker(values.lower, values.upper) : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
}

void CurvePlot::restyle()
{
    applyPlotStyle(*m_plot);
    m_crosshair->restyle();
    m_mark->restyle();
    for (auto& curve : m_curves)
        restyle(*curve);
    scheduleReplot();
}

void CurvePlot::restyle(Curve& curve)
{
    const auto& palette = themeColors().series;
    const QColor color = palette.at(static_cast<std::size_t>(curve.style.color) % palette.size());
    const QPen pen(color, 2.2, curve.style.line, Qt::RoundCap, Qt::RoundJoin);
    QColor faint = color;
    faint.setAlphaF(0.4F);
    curve.raw->setPen(QPen(faint, 1));
    curve.raw->setLineStyle(curve.style.dots ? QCPGraph::lsNone : QCPGraph::lsLine);
    curve.raw->setScatterStyle(curve.style.dots ? QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(color), QBrush(color), 5) : QCPScatterStyle());
    curve.smoothed->setPen(pen);
    m_toolbar->setCurve(curve.style.id, curve.style.name, lineSample(pen, curve.style.dots));
}

void CurvePlot::moveCrosshair(double x)
{
    const QCPRange range = m_plot->xAxis->range();
    const double at = std::clamp(x, range.lower, range.upper);
    m_crosshair->show(at, valuesAt(at));
}

QString CurvePlot::valuesAt(double x) const
{
    QStringList lines(QStringLiteral("%1 %2").arg(m_xLabel, QLocale().toString(x, 'f', 2)));
    for (const auto& curve : m_curves)
        if (const QString line = curve->visible ? describe(*curve, x) : QString(); !line.isEmpty())
            lines.append(line);
    return lines.join(QLatin1Char('\n'));
}

QString CurvePlot::describe(const Curve& curve, double x) const
{
    const auto measured = nearest(*curve.raw, x);
    const auto smoothed = nearest(*curve.smoothed, x);
    if (!measured || !smoothed)
        return {};
    if (smoothing() <= 0)
        return tr("%1: %2").arg(curve.style.name, formatValue(measured->y()));
    return tr("%1: %2 (smoothed %3)").arg(curve.style.name, formatValue(measured->y()), formatValue(smoothed->y()));
}

QString CurvePlot::formatValue(double value) const
{
    return m_kind == ValueKind::Percent ? formatPercent(value) : QLocale().toString(value, 'f', std::abs(value) < 0.1 ? 4 : 3);
}

bool CurvePlot::isEmpty() const
{
    return std::all_of(m_curves.begin(), m_curves.end(), [](const auto& curve) { return curve->series.isEmpty(); });
}

QByteArray CurvePlot::csv() const
{
    QByteArray text("series,epoch,value,smoothed\n");
    for (const auto& curve : m_curves) {
        const std::vector<QPointF> points = curve->series.points();
        const std::vector<QPointF> smooth = curve->series.smoothed(smoothing());
        for (std::size_t i = 0; i < points.size(); ++i)
            text += curve->style.id.toUtf8() + ',' + QByteArray::number(points[i].x(), 'g', 8) + ',' + QByteArray::number(points[i].y(), 'g', 8) + ',' +
                    QByteArray::number(smooth[i].y(), 'g', 8) + '\n';
    }
    return text;
}

QPixmap CurvePlot::picture() const
{
    return m_plot->toPixmap(0, 0, std::max(2.0, devicePixelRatioF()));
}

} // namespace espalier
