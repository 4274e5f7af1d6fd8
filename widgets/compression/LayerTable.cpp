// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/LayerTable.h"

#include "widgets/compression/LayerBars.h"
#include "widgets/compression/LayerModel.h"
#include "widgets/compression/SensitivityBar.h"
#include "widgets/compression/SensitivityDelegate.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace espalier {
namespace {

constexpr int barColumnWidth = 18 * gridStep;

} // namespace

LayerTable::LayerTable(QWidget* parent)
    : QWidget(parent), m_model(new LayerModel(this)), m_view(new QTableView), m_bars(new LayerBars(m_view)), m_title(new QLabel), m_automatic(new QToolButton),
      m_exclude(new QToolButton), m_note(new QLabel), m_warning(new QLabel), m_sensitivity(new SensitivityBar)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep / 2);
    m_warning->setWordWrap(true);
    rows->addWidget(buildHeader());
    rows->addWidget(m_view, 1);
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    rows->addWidget(m_note);
    rows->addWidget(m_warning);
    rows->addWidget(m_sensitivity);
    buildView();
    connect(m_model, &LayerModel::ownSparsityWanted, this, &LayerTable::setOwn);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &LayerTable::showChoices);
    connect(m_automatic, &QToolButton::clicked, this, &LayerTable::release);
    connect(m_exclude, &QToolButton::clicked, this, &LayerTable::toggleExcluded);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &LayerTable::showWarning);
    retranslate();
}

QWidget* LayerTable::buildHeader()
{
    auto* header = new QWidget;
    header->setFixedHeight(TradeoffChart::headerHeight);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gridStep / 2);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    row->addWidget(m_title, 1);
    m_automatic->setObjectName(QStringLiteral("layerAutomatic"));
    m_exclude->setObjectName(QStringLiteral("layerExclude"));
    m_exclude->setCheckable(true);
    for (QToolButton* button : {m_automatic, m_exclude}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(button);
    }
    return header;
}

void LayerTable::buildView()
{
    m_view->setModel(m_model);
    m_view->setItemDelegateForColumn(LayerModel::Alone, new SensitivityDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(3 * gridStep);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    // Bars need room for the hand; a long name loses its middle, and its tool tip has it whole.
    m_view->horizontalHeader()->setSectionResizeMode(LayerModel::Sparsity, QHeaderView::Fixed);
    m_view->horizontalHeader()->resizeSection(LayerModel::Sparsity, barColumnWidth);
    m_view->horizontalHeader()->setSectionResizeMode(LayerModel::Name, QHeaderView::Stretch);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setWordWrap(false);
    m_view->horizontalHeader()->setMinimumSectionSize(5 * gridStep);
}

void LayerTable::setLayers(const std::vector<LayerSparsity>& layers, bool estimated)
{
    m_estimated = estimated;
    m_model->setLayers(layers, estimated);
    showChoices();
    showWarning();
}

void LayerTable::setDense(const std::vector<LayerSparsity>& layers)
{
    m_model->setDense(layers);
}

void LayerTable::setChoices(const LayerChoices& choices)
{
    m_model->setChoices(choices);
    showChoices();
}

std::string LayerTable::currentLayer() const
{
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? m_model->layerName(current.row()).toStdString() : std::string();
}

void LayerTable::setOwn(const QString& layer, double sparsity)
{
    LayerChoices choices = m_model->choices();
    choices.sparsities[layer.toStdString()] = sparsity;
    std::erase(choices.excluded, layer.toStdString());
    Q_EMIT choicesChanged(choices);
}

void LayerTable::release()
{
    LayerChoices choices = m_model->choices();
    choices.sparsities.erase(currentLayer());
    std::erase(choices.excluded, currentLayer());
    Q_EMIT choicesChanged(choices);
}

void LayerTable::toggleExcluded()
{
    LayerChoices choices = m_model->choices();
    const std::string layer = currentLayer();
    choices.sparsities.erase(layer); // the engine refuses a layer that is left out and has a sparsity
    if (std::erase(choices.excluded, layer) == 0)
        choices.excluded.push_back(layer);
    Q_EMIT choicesChanged(choices);
}

void LayerTable::showChoices()
{
    const LayerChoices& choices = m_model->choices();
    const std::string layer = currentLayer();
    const bool excluded = std::find(choices.excluded.begin(), choices.excluded.end(), layer) != choices.excluded.end();
    m_automatic->setEnabled(excluded || choices.sparsities.contains(layer));
    m_exclude->setEnabled(!layer.empty());
    m_exclude->setChecked(excluded);
    QStringList parts;
    if (m_estimated && m_model->rowCount() > 0)
        parts << tr("Estimate");
    if (const auto count = static_cast<int>(choices.sparsities.size()); count > 0)
        parts << tr("%n with own sparsity", nullptr, count);
    if (const auto count = static_cast<int>(choices.excluded.size()); count > 0)
        parts << tr("%n excluded", nullptr, count);
    m_title->setText(parts.join(QStringLiteral(", ")));
    m_note->setText(tr("A layer's own sparsity holds at every position of the slider, at 0 %, too."));
    m_note->setVisible(!choices.sparsities.empty());
}

void LayerTable::setSensitivity(const std::optional<SensitivityReport>& report)
{
    m_model->setSensitivity(report);
    m_sensitivity->setMeasured(report ? report->examples : 0);
}

void LayerTable::retranslate()
{
    m_view->setAccessibleName(tr("Sparsity of each layer"));
    m_automatic->setText(tr("Automatic"));
    m_automatic->setToolTip(tr("Takes the selected layer's own sparsity away: it follows the slider again"));
    m_exclude->setText(tr("Exclude"));
    m_exclude->setToolTip(tr("Leaves the selected layer dense"));
    showChoices();
    showWarning();
}

void LayerTable::showWarning()
{
    QStringList endangered;
    for (const LayerSparsity& layer : m_model->layers())
        if (LayerModel::isEndangered(layer))
            endangered.append(QString::fromStdString(layer.name));
    QPalette palette = m_warning->palette();
    palette.setColor(QPalette::WindowText, themeColors().warning);
    m_warning->setPalette(palette);
    m_warning->setText(endangered.isEmpty() ? QString()
                                            : tr("About to be emptied: %1. Less than 1 % of the weights are kept there.").arg(endangered.join(QStringLiteral(", "))));
    m_warning->setVisible(!endangered.isEmpty());
}

QString LayerTable::warning() const
{
    return m_warning->text();
}

QString LayerTable::title() const
{
    return m_title->text();
}

void LayerTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
