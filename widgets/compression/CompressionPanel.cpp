// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CompressionPanel.h"

#include "widgets/compression/CompressionChoices.h"
#include "widgets/compression/CompressionReadout.h"
#include "widgets/compression/FlipsView.h"
#include "widgets/compression/GradualProposal.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/MeasuredPoints.h"
#include "widgets/compression/SparsitySlider.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/compression/VocabularyView.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace espalier {
namespace {

constexpr int restInterval = 150; ///< milliseconds without a movement after which the hand rests

} // namespace

CompressionPanel::CompressionPanel(QWidget* parent)
    : QWidget(parent), m_pages(new QStackedWidget), m_empty(new EmptyHint(QStringLiteral("compression"))), m_choices(new CompressionChoices),
      m_slider(new SparsitySlider), m_readout(new CompressionReadout), m_proposal(new GradualProposal), m_chart(new TradeoffChart),
      m_tabs(new QTabWidget), m_layers(new LayerTable), m_flips(new FlipsView), m_vocabulary(new VocabularyView),
      m_errorText(new QLabel), m_retry(new QPushButton), m_honest(new QLabel), m_apply(new QPushButton), m_points(std::make_unique<MeasuredPoints>())
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(buildWork());
    m_rest.setSingleShot(true);
    m_rest.setInterval(restInterval);
    connectParts();
    retranslate();
    clear();
}

CompressionPanel::~CompressionPanel() = default;

QWidget* CompressionPanel::buildWork()
{
    auto* page = new QWidget;
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(2 * gridStep, 2 * gridStep, 2 * gridStep, 2 * gridStep);
    rows->setSpacing(3 * gridStep / 2);
    rows->addWidget(m_choices);
    rows->addWidget(m_slider);
    rows->addWidget(buildErrorBar());
    rows->addWidget(m_readout);
    rows->addWidget(m_proposal);
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->setHandleWidth(2 * gridStep);
    sides->addWidget(m_chart);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_layers, {});
    m_tabs->addTab(m_flips, {});
    m_tabs->addTab(m_vocabulary, {});
    sides->addWidget(m_tabs);
    sides->setStretchFactor(0, 1);
    sides->setStretchFactor(1, 1);
    sides->setSizes({600, 560});
    rows->addWidget(sides, 1);
    rows->addWidget(buildFooter());
    return page;
}

QWidget* CompressionPanel::buildErrorBar()
{
    m_errorBar = new QWidget;
    auto* row = new QHBoxLayout(m_errorBar);
    row->setContentsMargins(0, 0, 0, 0);
    m_errorText->setWordWrap(true);
    m_errorText->setTextFormat(Qt::PlainText);
    m_errorText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(m_errorText, 1);
    row->addWidget(m_retry);
    m_errorBar->hide();
    return m_errorBar;
}

QWidget* CompressionPanel::buildFooter()
{
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    m_honest->setWordWrap(true);
    m_honest->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_honest, 1);
    row->addSpacing(2 * gridStep);
    m_apply->setObjectName(QStringLiteral("apply"));
    row->addWidget(m_apply);
    return footer;
}

void CompressionPanel::connectParts()
{
    connect(m_empty, &EmptyHint::clicked, this, &CompressionPanel::trainRequested);
    connect(m_choices, &CompressionChoices::changed, this, &CompressionPanel::settingsChanged);
    connect(m_slider, &SparsitySlider::moved, this, &CompressionPanel::handMoved);
    connect(&m_rest, &QTimer::timeout, this, &CompressionPanel::handRested);
    connect(m_chart, &TradeoffChart::pointActivated, this, &CompressionPanel::setSparsity);
    connect(m_chart, &TradeoffChart::saveRequested, this, &CompressionPanel::saveRequested);
    connect(m_retry, &QPushButton::clicked, this, &CompressionPanel::tryAgain);
    connect(m_apply, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(settings(), sparsity() / 100.0); });
    connect(m_proposal, &GradualProposal::accepted, this, [this] {
        m_choices->setSettings(GradualProposal::recipe(settings()));
        settingsChanged();
        Q_EMIT gradualRequested(settings(), sparsity() / 100.0);
    });
    connect(themeNotifier(), &ThemeNotifier::changed, this, &CompressionPanel::retranslate);
}

void CompressionPanel::retranslate()
{
    m_empty->setTexts(tr("Train a model first"),
                      tr("Here a trained model is made small: a slider takes weights away, and its size and measured accuracy stand beside it."),
                      tr("Train the model"));
    m_tabs->setTabText(0, tr("Layers"));
    m_tabs->setTabText(1, tr("Flips"));
    m_tabs->setTabToolTip(1, tr("Answers that compression changed"));
    m_tabs->setTabText(2, tr("Vocabulary"));
    m_tabs->setTabToolTip(2, tr("Tokens that a smaller vocabulary leaves out"));
    m_tabs->setAccessibleName(tr("Layers, flips and vocabulary"));
    m_tabs->tabBar()->setAccessibleName(m_tabs->accessibleName());
    m_retry->setText(tr("Try again"));
    m_apply->setText(tr("&Apply to pipeline"));
    m_apply->setToolTip(tr("Sets the Prune node to this method and sparsity; fine-tuning there wins accuracy back"));
    m_honest->setText(tr("Zeros make the package smaller to download and to store. They do not make it faster: speed is measured on the device."));
    QPalette palette = m_errorText->palette();
    palette.setColor(QPalette::WindowText, themeColors().danger);
    m_errorText->setPalette(palette);
}

bool CompressionPanel::hasSource() const
{
    return !settings().node.isEmpty();
}

CompressionSettings CompressionPanel::settings() const
{
    return m_choices->settings();
}

int CompressionPanel::sparsity() const
{
    return m_slider->value();
}

void CompressionPanel::setSparsity(int percent)
{
    m_slider->setValue(percent);
}

void CompressionPanel::setSources(const std::vector<CompressionSource>& sources)
{
    const CompressionSettings before = settings();
    m_choices->setSources(sources);
    m_pages->setCurrentIndex(hasSource() ? 1 : 0);
    if (settings() != before)
        settingsChanged();
}

void CompressionPanel::setSettings(const CompressionSettings& settings)
{
    const CompressionSettings before = this->settings();
    m_choices->setSettings(settings);
    if (this->settings() != before)
        settingsChanged();
}

void CompressionPanel::clear()
{
    m_points->clear();
    m_baselines.clear();
    setFlips(std::nullopt);
    m_choices->setSources({});
    m_pages->setCurrentIndex(0);
    settingsChanged();
}

void CompressionPanel::invalidate(const QString& node)
{
    m_points->forget(node);
    if (settings().node == node && hasSource())
        settingsChanged();
}

void CompressionPanel::settingsChanged()
{
    m_rest.stop();
    m_profile.reset();
    m_asked.reset();
    setMeasuring(false);
    setError({});
    m_layers->setLayers({}, true);
    showHand();
    showChart();
    requestProfile();
}

void CompressionPanel::requestProfile()
{
    if (!hasSource())
        return;
    setMeasuring(true); // the engine reads the model: the same busy line says so
    Q_EMIT profileRequested(settings());
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
    showHand();
    if (m_profile)
        m_rest.start();
}

void CompressionPanel::handRested()
{
    if (!hasSource() || !m_profile)
        return;
    if (m_points->at(settings(), sparsity()))
        measureDenseOnce();
    else
        requestMeasurement(sparsity());
}

void CompressionPanel::requestMeasurement(int percent)
{
    m_asked = percent;
    setError({});
    setMeasuring(true);
    Q_EMIT measurementRequested(settings(), percent / 100.0);
}

void CompressionPanel::measureDenseOnce()
{
    if (!m_asked && !m_rest.isActive() && !m_points->dense(settings()))
        requestMeasurement(0);
}

void CompressionPanel::setMeasured(const SparsityPoint& point)
{
    setMeasured(point, settings());
}

void CompressionPanel::setMeasured(const SparsityPoint& point, const CompressionSettings& settings)
{
    m_points->add(settings, point);
    if (settings != this->settings())
        return;
    showChart();
    if (point.fineTuned)
        return showHand(); // not what the slider asked for
    if (m_asked == wholePercent(point.sparsity)) {
        m_asked.reset();
        setMeasuring(false);
        setError({});
    }
    showHand();
    if (m_points->at(settings, sparsity()))
        measureDenseOnce();
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

void CompressionPanel::addPage(QWidget* page)
{
    m_tabs->addTab(page, page->windowTitle());
    connect(page, &QWidget::windowTitleChanged, this, [this, page](const QString& title) { m_tabs->setTabText(m_tabs->indexOf(page), title); });
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

std::vector<LayerSparsity> CompressionPanel::estimatedLayers() const
{
    std::vector<LayerSparsity> layers = m_profile->layers;
    const auto& step = m_profile->steps.at(static_cast<std::size_t>(sparsity()));
    for (std::size_t i = 0; i < layers.size(); ++i) {
        layers[i].kept = step.kept.at(i);
        layers[i].bytes = step.bytes.at(i);
    }
    return layers;
}

void CompressionPanel::showHand()
{
    const bool predicted = m_profile && static_cast<std::size_t>(sparsity()) < m_profile->steps.size();
    m_apply->setEnabled(hasSource() && predicted);
    m_chart->setPrediction(std::nullopt);
    m_proposal->consider(predicted ? m_points->at(settings(), sparsity()) : nullptr, m_points->dense(settings()), m_points->trained(settings(), sparsity()));
    if (!predicted)
        return m_readout->clear(hasSource() && !m_profile ? tr("reading the model…") : QString());
    const CompressionSettings now = settings();
    if (const SparsityPoint* measured = m_points->at(now, sparsity())) {
        m_readout->showMeasured(*measured, m_points->dense(now), m_profile->denseFp32Bytes);
        m_layers->setLayers(measured->layers.empty() ? estimatedLayers() : measured->layers, measured->layers.empty());
        return;
    }
    const std::int64_t bytes = m_profile->steps[static_cast<std::size_t>(sparsity())].estimatedBytes;
    m_readout->showEstimate(bytes, m_profile->denseFp32Bytes);
    m_layers->setLayers(estimatedLayers(), true);
    m_chart->setPrediction(bytes);
}

void CompressionPanel::showChart()
{
    const SparsityPoint* dense = m_points->dense(settings());
    const auto baseline = m_baselines.find(settings().node);
    m_chart->setBaseline(baseline == m_baselines.end() ? std::nullopt : std::optional(baseline->second));
    m_chart->setPoints(m_points->points(settings()), dense ? std::optional(*dense) : std::nullopt);
}

void CompressionPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showHand();
    }
    QWidget::changeEvent(event);
}

} // namespace espalier
