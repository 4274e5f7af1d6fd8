// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/CompressionPanel.h"

#include "engine/graph/LayerLists.h"
#include "engine/graph/PruningParameters.h"
#include "widgets/compression/CompressionChoices.h"
#include "widgets/compression/CompressionReadout.h"
#include "widgets/compression/DeviceChoice.h"
#include "widgets/compression/FlipsView.h"
#include "widgets/compression/GainLine.h"
#include "widgets/compression/GradualProposal.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/SensitivityBar.h"
#include "widgets/compression/SparsitySlider.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/compression/VocabularyView.h"
#include "widgets/plots/EmptyHint.h"
#include "widgets/style/Theme.h"
#include "widgets/style/ToolTips.h"

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
      m_errorText(new QLabel), m_retry(new QPushButton), m_gain(new GainLine), m_device(new DeviceChoice), m_apply(new QPushButton)
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
    showPlace();
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
    sides->setSizes({540, 620});
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
    row->addWidget(m_gain, 1);
    row->addWidget(m_proposal, 1); // in place of the gain: nothing moves when it comes
    row->addSpacing(2 * gridStep);
    row->addWidget(m_device);
    m_apply->setObjectName(QStringLiteral("apply"));
    row->addWidget(m_apply);
    return footer;
}

void CompressionPanel::connectParts()
{
    connect(m_empty, &EmptyHint::clicked, this, &CompressionPanel::trainRequested);
    connect(m_choices, &CompressionChoices::changed, this, &CompressionPanel::choiceMade);
    connect(m_layers, &LayerTable::choicesChanged, this, &CompressionPanel::layersChanged);
    connect(m_slider, &SparsitySlider::moved, this, &CompressionPanel::handMoved);
    connect(&m_rest, &QTimer::timeout, this, &CompressionPanel::handRested);
    connect(m_chart, &TradeoffChart::pointActivated, this, &CompressionPanel::goTo);
    connect(m_chart, &TradeoffChart::floorChanged, this, &CompressionPanel::floorChanged);
    connect(m_chart, &TradeoffChart::saveRequested, this, &CompressionPanel::saveRequested);
    connect(m_retry, &QPushButton::clicked, this, &CompressionPanel::tryAgain);
    connect(m_device, &DeviceChoice::chosen, this, &CompressionPanel::deviceChanged);
    connect(m_apply, &QPushButton::clicked, this, [this] { Q_EMIT applyRequested(settings(), sparsity()); });
    connect(m_proposal, &GradualProposal::offered, m_gain, &QWidget::setHidden);
    connect(m_proposal, &GradualProposal::accepted, this, [this] {
        m_choices->setSettings(GradualProposal::recipe(settings()));
        settingsChanged();
        Q_EMIT gradualRequested(settings(), sparsity());
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
    m_apply->setToolTip(wrappedTip(tr("Sets the Prune node to this method and sparsity; fine-tuning there wins accuracy back")));
    QPalette palette = m_errorText->palette();
    palette.setColor(QPalette::WindowText, themeColors().danger);
    m_errorText->setPalette(palette);
}

bool CompressionPanel::hasSource() const
{
    return !settings().node.isEmpty();
}

bool CompressionPanel::onlyTrainingTells() const
{
    return settings().score == QLatin1String(scoreOfTraining);
}

CompressionSettings CompressionPanel::settings() const
{
    return m_choices->settings();
}

int CompressionPanel::step() const
{
    return m_slider->value();
}

double CompressionPanel::sparsity() const
{
    return sparsityOfStep(step());
}

void CompressionPanel::setSparsity(double sparsity)
{
    m_slider->setValue(stepOfSparsity(sparsity));
}

void CompressionPanel::setSources(const std::vector<CompressionSource>& sources)
{
    const CompressionSettings before = settings();
    m_distilled.clear();
    for (const CompressionSource& source : sources)
        m_distilled[source.node] = source.distilled;
    m_choices->setSources(sources);
    m_pages->setCurrentIndex(hasSource() ? 1 : 0);
    if (settings() != before)
        settingsChanged();
    else
        showChart(); // titles may be others
}

void CompressionPanel::setSettings(const CompressionSettings& settings)
{
    const CompressionSettings before = this->settings();
    m_choices->setSettings(settings);
    const CompressionSettings now = this->settings();
    if (now.withoutLayers() != before.withoutLayers())
        return settingsChanged();
    if (now == before)
        return;
    showLayerChoices(); // the profile says what other layers come to
    showHand();
    showChart();
    if (m_profile)
        m_rest.start();
}

void CompressionPanel::choiceMade()
{
    const QString before = m_profiledNode;
    settingsChanged();
    if (settings().node != before)
        Q_EMIT sourceChosen(settings().node);
}

LayerChoices CompressionPanel::layerChoices() const
{
    const auto own = layerSparsitiesFromText(settings().layerSparsities.toStdString());
    return {own ? *own : std::map<std::string, double>(), layersFromText(settings().excluded.toStdString())}; // the engine says what is wrong with a text
}

void CompressionPanel::layersChanged(const LayerChoices& choices)
{
    CompressionSettings now = settings();
    now.layerSparsities = QString::fromStdString(layerSparsitiesToText(choices.sparsities));
    now.excluded = QString::fromStdString(layersToText(choices.excluded));
    m_choices->setSettings(now);
    m_layersMoved = true;
    showLayerChoices();
    handMoved();
}

void CompressionPanel::showLayerChoices()
{
    m_layers->setChoices(layerChoices());
}

void CompressionPanel::goTo(const MeasuredPoint& point)
{
    setSettings(point.settings);
    setSparsity(point.point.sparsity);
    Q_EMIT modelChosen(point.maker.isEmpty() ? point.settings.node : point.maker);
}

void CompressionPanel::clear()
{
    m_points.clear();
    m_baselines.clear();
    setFlips(std::nullopt);
    m_choices->setSources({});
    m_pages->setCurrentIndex(0);
    settingsChanged();
}

void CompressionPanel::invalidate(const QString& node)
{
    m_points.forget(node);
    showChart();
    if (settings().node == node && hasSource())
        settingsChanged();
}

void CompressionPanel::addPage(QWidget* page)
{
    m_tabs->addTab(page, page->windowTitle());
    connect(page, &QWidget::windowTitleChanged, this, [this, page](const QString& title) { m_tabs->setTabText(m_tabs->indexOf(page), title); });
}

void CompressionPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showPlace();
        showHand();
    }
    QWidget::changeEvent(event);
}

} // namespace espalier
