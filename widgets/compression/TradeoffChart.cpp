// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/TradeoffChart.h"

#include "widgets/compression/BaselineMark.h"
#include "widgets/compression/FloorBar.h"
#include "widgets/compression/FloorLine.h"
#include "widgets/compression/TradeoffGraphs.h"
#include "widgets/compression/TradeoffText.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr int dotReach = 12; ///< pixels around a dot that count as pointing at it

bool sameModel(const ChartPoint& a, const ChartPoint& b)
{
    return a.measured.settings == b.measured.settings && a.measured.step() == b.measured.step() && a.kind == b.kind && a.measured.run == b.measured.run;
}

} // namespace

TradeoffChart::TradeoffChart(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_axis(new QComboBox), m_log(new QToolButton), m_fit(new QToolButton), m_export(new QToolButton),
      m_pages(new QStackedWidget), m_empty(new QLabel), m_key(new QLabel), m_plot(makePlot()), m_floorBar(new FloorBar)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep / 2);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAutoFillBackground(true);
    m_empty->setBackgroundRole(QPalette::Base);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_key->setWordWrap(true);
    rows->addWidget(buildHeader());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_plot);
    rows->addWidget(m_pages, 1);
    rows->addWidget(m_key);
    rows->addWidget(m_floorBar);
    buildPlot();
    connectPlot();
    retranslate();
    restyle();
}

TradeoffChart::~TradeoffChart() = default;

void TradeoffChart::buildPlot()
{
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setFocusPolicy(Qt::StrongFocus);
    m_plot->setMouseTracking(true);
    m_plot->setMinimumSize(30 * gridStep, 16 * gridStep);
    m_plot->installEventFilter(this);
    m_plot->yAxis->setTicker(percentTicker());
    m_graphs = std::make_unique<TradeoffGraphs>(m_plot);
    m_band = std::make_unique<PredictionBand>(m_plot);
    m_baseline = std::make_unique<BaselineMark>(m_plot);
    m_floor = std::make_unique<FloorLine>(m_plot);
}

void TradeoffChart::setPoints(std::vector<ChartPoint> points)
{
    m_all = std::move(points);
    choosePoints();
}

void TradeoffChart::choosePoints()
{
    const std::optional<ChartPoint> selected = m_selected ? std::optional(m_points[*m_selected]) : std::nullopt;
    m_points.clear();
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(m_points), [&](const ChartPoint& point) { return axisValue(axis(), point.point()).has_value(); });
    std::stable_sort(m_points.begin(), m_points.end(),
                     [&](const ChartPoint& a, const ChartPoint& b) { return axisValue(axis(), a.point()) < axisValue(axis(), b.point()); });
    m_selected.reset();
    for (std::size_t i = 0; selected && i < m_points.size(); ++i)
        if (sameModel(m_points[i], *selected))
            m_selected = i;
    m_pages->setCurrentIndex(m_points.empty() ? 0 : 1);
    m_empty->setText(m_all.empty() ? tr("Every measured sparsity becomes a dot here. Let the slider rest to measure one.")
                                   : tr("No model's %1 has been measured yet. Let the slider rest to measure one.").arg(axisName(axis())));
    updateGraphs();
    showKey();
    answerFloor();
    fit();
}

void TradeoffChart::updateGraphs()
{
    m_graphs->show(m_points, axis(), m_selected);
}

void TradeoffChart::setBaseline(const std::optional<BaselineScore>& baseline)
{
    m_baseline->set(baseline);
    showKey();
    fit();
}

QString TradeoffChart::baselineText() const
{
    return m_baseline->text();
}

void TradeoffChart::setPrediction(const std::optional<HandPrediction>& prediction)
{
    m_band->set(prediction);
    fit();
}

void TradeoffChart::setFloor(std::optional<double> accuracy)
{
    m_floor->set(accuracy);
    m_floorBar->setFloor(accuracy);
    answerFloor();
    fit();
}

std::optional<double> TradeoffChart::floor() const
{
    return m_floor->accuracy();
}

void TradeoffChart::moveFloor(double accuracy)
{
    const double rounded = std::round(std::clamp(accuracy, 0.0, 1.0) * 1000) / 1000; // what the field beside it shows
    m_floor->set(rounded);
    m_floorBar->setFloor(rounded);
    answerFloor();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    Q_EMIT floorChanged(rounded);
}

void TradeoffChart::answerFloor()
{
    double best = 0;
    for (const ChartPoint& point : m_points)
        best = std::max(best, point.point().accuracy);
    m_floorBar->setProposal(std::max(0.0, std::floor(best * 1000 - 10) / 1000)); // a point below the best
    if (!floor())
        return m_floorBar->setAnswer({}, false);
    const auto found = smallestAbove(m_points, *floor());
    if (!found)
        return m_floorBar->setAnswer(tr("No measured model is so accurate."), false);
    const ChartPoint& point = m_points[*found];
    m_floorBar->setAnswer(floorAnswer(point, axis(), *floor()), true);
}

void TradeoffChart::setAxis(TradeoffAxis axis)
{
    m_axis->setCurrentIndex(static_cast<int>(axis));
}

TradeoffAxis TradeoffChart::axis() const
{
    return static_cast<TradeoffAxis>(std::max(0, m_axis->currentIndex()));
}

void TradeoffChart::fit()
{
    rescale();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::rescale()
{
    const bool bytes = axis() == TradeoffAxis::Bytes;
    m_band->setShown(bytes);
    m_baseline->setSized(bytes);
    if (m_points.empty())
        return;
    double smallest = *axisValue(axis(), m_points.front().point());
    double largest = *axisValue(axis(), m_points.back().point());
    if (bytes && m_band->prediction()) {
        smallest = std::min(smallest, static_cast<double>(m_band->prediction()->bytes));
        largest = std::max(largest, static_cast<double>(m_band->prediction()->bytes));
    }
    const bool logarithmic = isLogarithmic();
    if (const auto& baseline = m_baseline->score(); bytes && baseline) {
        const auto size = static_cast<double>(baseline->packageBytes);
        if (logarithmic || size < 2 * largest) // a much larger one would press the others together
            largest = std::max(largest, size);
        smallest = std::min(smallest, size);
    }
    m_plot->xAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (logarithmic)
        m_plot->xAxis->setRange(smallest / 1.3, largest * 1.3);
    else
        m_plot->xAxis->setRange(0, largest * 1.08);
    m_plot->xAxis->setTicker(axisTicker(axis(), logarithmic, m_plot->xAxis->range().lower, m_plot->xAxis->range().upper));
    rescaleAccuracy();
}

void TradeoffChart::rescaleAccuracy()
{
    double lowest = 1;
    double highest = 0;
    const auto include = [&](double low, double high) {
        lowest = std::min(lowest, low);
        highest = std::max(highest, high);
    };
    for (const ChartPoint& shown : m_points) {
        const SparsityPoint& point = shown.point();
        const bool interval = point.accuracyHigh > 0;
        include(interval ? point.accuracyLow : point.accuracy, interval ? point.accuracyHigh : point.accuracy);
    }
    if (const auto& baseline = m_baseline->score())
        include(baseline->accuracy, baseline->accuracy);
    if (floor())
        include(*floor(), *floor());
    const double margin = std::max(0.02, (highest - lowest) * 0.12);
    m_plot->yAxis->setRange(std::max(-0.02, lowest - margin), std::min(1.02, highest + margin));
}

void TradeoffChart::setLogarithmic(bool on)
{
    m_log->setChecked(on);
}

bool TradeoffChart::isLogarithmic() const
{
    return m_log->isChecked();
}

QPoint TradeoffChart::dotPosition(std::size_t index) const
{
    const SparsityPoint& point = m_points.at(index).point();
    return {static_cast<int>(std::lround(m_plot->xAxis->coordToPixel(*axisValue(axis(), point)))),
            static_cast<int>(std::lround(m_plot->yAxis->coordToPixel(point.accuracy)))};
}

std::optional<std::size_t> TradeoffChart::pointAt(const QPoint& position) const
{
    std::optional<std::size_t> found;
    int shortest = dotReach + 1;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const int distance = (dotPosition(i) - position).manhattanLength();
        if (distance < shortest) {
            shortest = distance;
            found = i;
        }
    }
    return found;
}

QString TradeoffChart::describe(std::size_t index) const
{
    return describePoint(m_points.at(index), m_place);
}

void TradeoffChart::setPlace(const QString& place)
{
    m_place = place;
    retranslateAxes();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QByteArray TradeoffChart::csv() const
{
    return pointsToCsv(m_all);
}

} // namespace espalier
