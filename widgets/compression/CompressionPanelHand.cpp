// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CompressionPanel that follows the hand: what it predicts, what it asks to be measured, and what it shows of the answers.
#include "widgets/compression/CompressionPanel.h"

#include "widgets/compression/CompressionChoices.h"
#include "widgets/compression/CompressionReadout.h"
#include "widgets/compression/DeviceChoice.h"
#include "widgets/compression/FlipsView.h"
#include "widgets/compression/GainLine.h"
#include "widgets/compression/GradualProposal.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/SensitivityBar.h"
#include "widgets/compression/TradeoffChart.h"

#include <QLabel>
#include <QPushButton>

namespace espalier {
namespace {

const SparsityPoint* pointOf(const MeasuredPoint* measured)
{
    return measured ? &measured->point : nullptr;
}

} // namespace

void CompressionPanel::settingsChanged()
{
    m_rest.stop();
    m_profile.reset();
    m_asked.reset();
    m_profiledNode = settings().node;
    setMeasuring(false);
    setError({});
    m_layers->setLayers({}, true);
    showLayerChoices();
    showHand();
    showChart();
    requestProfile();
}

void CompressionPanel::requestProfile()
{
    if (!hasSource())
        return;
    m_layers->sensitivityBar()->setVisible(!onlyTrainingTells());
    if (onlyTrainingTells())
        return m_layers->setSensitivity(std::nullopt);
    setMeasuring(true); // the engine reads the model: the same busy line says so
    Q_EMIT profileRequested(settings().withoutLayers());
}

void CompressionPanel::setProfile(const SparsityProfile& profile)
{
    m_profile = profile;
    m_layers->setDense(profile.layers);
    setMeasuring(false);
    setError({});
    showHand();
    m_rest.start();
}

void CompressionPanel::handMoved()
{
    if (m_asked && m_asked->kind == MeasurementWish::Kind::Cost)
        m_asked.reset(); // the engine leaves it for the next measurement
    showHand();
    if (m_profile)
        m_rest.start();
}

void CompressionPanel::handRested()
{
    if (m_layersMoved)
        showChart(); // other dots are now those of the settings
    m_layersMoved = false;
    if (!hasSource() || !m_profile)
        return;
    const auto wish = nextWish(m_points, settings(), step(), m_costs);
    if (wish && wish != m_asked)
        ask(*wish);
}

/// After an answer, unless the hand moves again.
void CompressionPanel::askNext()
{
    if (!m_asked && !m_rest.isActive() && m_profile)
        handRested();
}

void CompressionPanel::ask(const MeasurementWish& wish)
{
    m_asked = wish;
    setError({});
    if (wish.kind == MeasurementWish::Kind::Cost)
        return Q_EMIT costRequested(wish.settings, sparsityOfStep(wish.step));
    setMeasuring(true);
    Q_EMIT measurementRequested(wish.settings, sparsityOfStep(wish.step));
}

void CompressionPanel::setMeasured(const SparsityPoint& point)
{
    setMeasured(point, settings());
}

void CompressionPanel::setMeasured(const SparsityPoint& point, const CompressionSettings& settings)
{
    setMeasured(MeasuredPoint{.point = point, .settings = settings});
}

void CompressionPanel::setMeasured(const MeasuredPoint& measured)
{
    m_points.add(measured);
    showChart();
    if (m_asked == MeasurementWish{MeasurementWish::Kind::Accuracy, measured.settings, measured.step()} && !measured.point.fineTuned) {
        m_asked.reset();
        setMeasuring(false);
        setError({});
    }
    if (measured.settings.node != settings().node)
        return;
    showHand();
    if (m_points.at(settings(), step()))
        askNext();
}

void CompressionPanel::setEarlier(std::vector<MeasuredPoint> points)
{
    m_points.setEarlier(std::move(points));
    showChart();
}

void CompressionPanel::setCost(const CompressionSettings& settings, double sparsity, const EdgeCost& cost)
{
    const int step = stepOfSparsity(sparsity);
    m_points.setCost(settings, step, cost);
    if (m_asked == MeasurementWish{MeasurementWish::Kind::Cost, settings, step})
        m_asked.reset();
    showChart();
    showHand();
    askNext();
}

void CompressionPanel::setCostObstacle(const QString& reason)
{
    m_costs = reason.isEmpty();
    m_asked.reset();
    m_readout->setCostKnown(m_costs);
    m_gain->setObstacle(reason);
    showHand();
}

void CompressionPanel::setDevices(const QStringList& others, const QString& chosen)
{
    const QString before = m_device->device();
    m_device->setDevices(others, chosen);
    if (m_device->device() != before)
        deviceChanged();
}

void CompressionPanel::showPlace()
{
    const QString place = m_device->place();
    m_readout->setPlace(place);
    m_gain->setPlace(place);
    m_chart->setPlace(place);
}

void CompressionPanel::deviceChanged()
{
    measureAnew();
    showPlace();
    Q_EMIT deviceChosen(m_device->device());
}

void CompressionPanel::measureAnew()
{
    m_points.forgetCosts();
    setCostObstacle({});
    showChart();
    if (m_profile)
        m_rest.start();
}

void CompressionPanel::setFloor(std::optional<double> accuracy)
{
    m_chart->setFloor(accuracy);
}

void CompressionPanel::setBaseline(const QString& node, const BaselineScore& baseline)
{
    m_baselines[node] = baseline;
    showChart();
}

void CompressionPanel::setFlips(const std::optional<FlipReport>& flips)
{
    m_flips->setReport(flips);
}

void CompressionPanel::setMeasuring(bool on)
{
    m_readout->setMeasuring(on);
}

void CompressionPanel::setError(const QString& text)
{
    m_errorText->setText(text);
    m_errorBar->setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    if (!m_profile)
        m_readout->clear(); // nothing is being read any more
    m_asked.reset();
    setMeasuring(false);
}

void CompressionPanel::tryAgain()
{
    setError({});
    if (!m_profile)
        return requestProfile();
    handRested();
}

bool CompressionPanel::isPredicted() const
{
    return m_profile && static_cast<std::size_t>(step()) < m_profile->steps.size();
}

void CompressionPanel::showHand()
{
    const CompressionSettings now = settings();
    const MeasuredPoint* measured = m_points.at(now, step());
    const MeasuredPoint* dense = m_points.dense(now);
    m_apply->setEnabled(hasSource() && isPredicted());
    m_proposal->consider(isPredicted() ? pointOf(measured) : nullptr, pointOf(dense), pointOf(m_points.trained(now, step())));
    if (hasSource() && onlyTrainingTells())
        m_proposal->require();
    m_gain->show(pointOf(measured), pointOf(dense));
    if (!isPredicted()) {
        m_chart->setPrediction(std::nullopt);
        m_readout->clear(hasSource() && !m_profile && !onlyTrainingTells() ? tr("reading the model…") : QString());
    } else if (measured) {
        showMeasured(*measured);
    } else {
        showPrediction();
    }
}

void CompressionPanel::showMeasured(const MeasuredPoint& measured)
{
    m_chart->setPrediction(std::nullopt);
    m_readout->showMeasured(measured.point, pointOf(m_points.dense(settings())), m_profile->denseFp32Bytes);
    if (measured.point.layers.empty())
        m_layers->setLayers(estimateSparsity(*m_profile, step(), layerChoices()).layers, true);
    else
        m_layers->setLayers(measured.point.layers, false);
}

void CompressionPanel::showPrediction()
{
    const SparsityEstimate estimate = estimateSparsity(*m_profile, step(), layerChoices());
    m_readout->showEstimate(estimate.packageBytes, m_profile->denseFp32Bytes);
    m_layers->setLayers(estimate.layers, true);
    HandPrediction prediction{.bytes = estimate.packageBytes, .leastBytes = estimate.leastBytes, .mostBytes = estimate.mostBytes};
    if (const auto accuracy = accuracyBetween(m_points, settings(), step()))
        std::tie(prediction.accuracyLow, prediction.accuracyHigh) = *accuracy;
    m_chart->setPrediction(prediction);
}

void CompressionPanel::showChart()
{
    const CompressionSettings now = settings();
    std::vector<ChartPoint> points;
    for (const MeasuredPoint& measured : m_points.all()) {
        const auto distilled = m_distilled.find(measured.settings.node);
        const PointKind dense = distilled != m_distilled.end() && distilled->second ? PointKind::Distilled : PointKind::Dense;
        const bool current = measured.run.isEmpty() && (measured.isDense() ? measured.settings.node == now.node && measured.settings.precision == now.precision : measured.settings == now);
        points.push_back({measured, measured.point.fineTuned ? PointKind::FineTuned : measured.isDense() ? dense : PointKind::OneShot, current,
                          m_choices->describe(measured.settings)});
    }
    const auto baseline = m_baselines.find(now.node);
    m_chart->setBaseline(baseline == m_baselines.end() ? std::nullopt : std::optional(baseline->second));
    m_chart->setPoints(std::move(points));
}

} // namespace espalier
