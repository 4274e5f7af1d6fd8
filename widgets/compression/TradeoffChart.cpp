// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/TradeoffChart.h"

#include "widgets/compression/BaselineMark.h"
#include "widgets/compression/MeasuredPoints.h"
#include "widgets/plots/PlotMark.h"
#include "widgets/plots/PlotStyle.h"
#include "widgets/plots/QCustomPlotHeader.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr int dotReach = 12; ///< pixels around a dot that count as pointing at it

void addDot(QCPGraph& graph, const SparsityPoint& point)
{
    graph.addData(static_cast<double>(point.packageBytes), point.accuracy);
}

bool isDense(const SparsityPoint& point)
{
    return point.sparsity == 0 && !point.fineTuned;
}

} // namespace

TradeoffChart::TradeoffChart(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_log(new QToolButton), m_fit(new QToolButton), m_export(new QToolButton), m_pages(new QStackedWidget),
      m_empty(new QLabel), m_key(new QLabel), m_plot(makePlot())
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep / 2);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAutoFillBackground(true);
    m_empty->setBackgroundRole(QPalette::Base);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    rows->addWidget(buildHeader());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_plot);
    rows->addWidget(m_pages, 1);
    rows->addWidget(m_key);
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
    m_plot->xAxis->setTicker(bytesTicker(false));
    for (QCPGraph** graph : {&m_path, &m_ring, &m_oneShot, &m_fineTuned, &m_dense}) {
        *graph = m_plot->addGraph();
        (*graph)->setLineStyle(graph == &m_path ? QCPGraph::lsLine : QCPGraph::lsNone);
    }
    m_mark = std::make_unique<PlotMark>(m_plot, Qt::DashLine);
    m_mark->setLabelPlace(PlotMark::Place::Bottom);
    m_baseline = std::make_unique<BaselineMark>(m_plot);
}

void TradeoffChart::setPoints(const std::vector<SparsityPoint>& points, const std::optional<SparsityPoint>& dense)
{
    const std::optional<SparsityPoint> selected = m_selected ? std::optional(m_points[*m_selected]) : std::nullopt;
    m_points = points;
    if (dense && std::none_of(points.begin(), points.end(), isDense))
        m_points.push_back(*dense);
    std::stable_sort(m_points.begin(), m_points.end(), [](const auto& a, const auto& b) { return a.packageBytes < b.packageBytes; });
    m_selected.reset();
    for (std::size_t i = 0; selected && i < m_points.size(); ++i)
        if (m_points[i].sparsity == selected->sparsity && m_points[i].fineTuned == selected->fineTuned)
            m_selected = i;
    m_pages->setCurrentIndex(m_points.empty() ? 0 : 1);
    updateGraphs();
    fit();
}

void TradeoffChart::updateGraphs()
{
    for (QCPGraph* graph : {m_path, m_ring, m_oneShot, m_fineTuned, m_dense})
        graph->data()->clear();
    for (const SparsityPoint& point : m_points) {
        addDot(point.fineTuned ? *m_fineTuned : isDense(point) ? *m_dense : *m_oneShot, point);
        if (!point.fineTuned)
            addDot(*m_path, point);
    }
    if (m_selected)
        addDot(*m_ring, m_points[*m_selected]);
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

void TradeoffChart::setPrediction(std::optional<std::int64_t> bytes)
{
    m_prediction = bytes;
    if (bytes)
        m_mark->set(static_cast<double>(*bytes), tr("estimate: %1").arg(formatBytes(*bytes, 0)));
    else
        m_mark->set(std::nullopt);
    fit();
}

std::optional<double> TradeoffChart::prediction() const
{
    return m_mark->x();
}

void TradeoffChart::fit()
{
    rescale();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::rescale()
{
    if (m_points.empty())
        return;
    double smallest = static_cast<double>(m_points.front().packageBytes);
    double largest = static_cast<double>(m_points.back().packageBytes);
    if (m_prediction) {
        smallest = std::min(smallest, static_cast<double>(*m_prediction));
        largest = std::max(largest, static_cast<double>(*m_prediction));
    }
    const bool logarithmic = isLogarithmic();
    const auto& baseline = m_baseline->score();
    if (baseline && (logarithmic || static_cast<double>(baseline->packageBytes) < 2 * largest)) // a much larger one would press the others together
        largest = std::max(largest, static_cast<double>(baseline->packageBytes));
    if (baseline)
        smallest = std::min(smallest, static_cast<double>(baseline->packageBytes));
    m_plot->xAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->xAxis->setTicker(bytesTicker(logarithmic));
    if (logarithmic)
        m_plot->xAxis->setRange(std::max(1.0, smallest / 1.3), largest * 1.3);
    else
        m_plot->xAxis->setRange(0, largest * 1.08);
    const auto [low, high] = std::minmax_element(m_points.begin(), m_points.end(), [](const auto& a, const auto& b) { return a.accuracy < b.accuracy; });
    const double lowest = baseline ? std::min(low->accuracy, baseline->accuracy) : low->accuracy;
    const double highest = baseline ? std::max(high->accuracy, baseline->accuracy) : high->accuracy;
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
    const SparsityPoint& point = m_points.at(index);
    return {static_cast<int>(std::lround(m_plot->xAxis->coordToPixel(static_cast<double>(point.packageBytes)))),
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
    const SparsityPoint& point = m_points.at(index);
    const QString kind = isDense(point) ? tr("dense") : point.fineTuned ? tr("after fine-tuning") : tr("straight after pruning");
    return tr("Sparsity %1, %2\nAccuracy %3, macro-F1 %4 on %5 sentences\n%6 (%7 bytes) as %8")
        .arg(formatPercent(point.sparsity, 0), kind, formatPercent(point.accuracy), formatPercent(point.macroF1), formatCount(point.examples),
             formatBytes(point.packageBytes), formatCount(point.packageBytes), QString::fromStdString(point.precision));
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

QByteArray TradeoffChart::csv() const
{
    QByteArray text("sparsity,accuracy,macro_f1,package_bytes,precision,fine_tuned,sentences\n");
    for (const SparsityPoint& point : m_points) {
        text += QByteArray::number(point.sparsity) + ',' + QByteArray::number(point.accuracy, 'g', 8) + ',' + QByteArray::number(point.macroF1, 'g', 8) + ',' +
                QByteArray::number(static_cast<qlonglong>(point.packageBytes)) + ',' + QByteArray::fromStdString(point.precision) + ',' +
                (point.fineTuned ? "yes" : "no") + ',' + QByteArray::number(static_cast<qlonglong>(point.examples)) + '\n';
    }
    return text;
}

} // namespace espalier
