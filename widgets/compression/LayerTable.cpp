// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/LayerTable.h"

#include "widgets/compression/LayerModel.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace espalier {
namespace {

/// The share of zeros as a bar with its figure beside it; outlined while it is an estimate.
class BarDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (!index.data(LayerModel::PrunableRole).toBool())
            return;
        const ThemeColors& colors = themeColors();
        const int figure = QFontMetrics(index.data(Qt::FontRole).value<QFont>()).horizontalAdvance(QStringLiteral("100.0 %")) + 2 * gridStep;
        const QRectF track = QRectF(option.rect).adjusted(gridStep, gridStep - 0.5, -figure, -gridStep + 0.5);
        QRectF bar = track;
        bar.setWidth(track.width() * index.data(LayerModel::SparsityRole).toDouble());
        const QColor color = index.data(LayerModel::EndangeredRole).toBool() ? colors.warning : colors.series[0];
        const bool estimate = index.data(LayerModel::EstimateRole).toBool();
        painter->save();
        painter->fillRect(track, colors.grid);
        painter->fillRect(bar, estimate ? blended(color, colors.base, 0.35) : color);
        if (estimate && bar.width() > 1) {
            painter->setPen(QPen(color, 1, Qt::DashLine));
            painter->drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
        }
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {24 * gridStep, 3 * gridStep}; }
};

} // namespace

LayerTable::LayerTable(QWidget* parent)
    : QWidget(parent), m_model(new LayerModel(this)), m_view(new QTableView), m_title(new QLabel), m_warning(new QLabel)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(gridStep / 2);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setFixedHeight(TradeoffChart::headerHeight);
    m_warning->setWordWrap(true);
    rows->addWidget(m_title);
    rows->addWidget(m_view, 1);
    rows->addWidget(m_warning);
    m_view->setModel(m_model);
    m_view->setItemDelegateForColumn(LayerModel::Sparsity, new BarDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(3 * gridStep);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setSectionResizeMode(LayerModel::Sparsity, QHeaderView::Stretch);
    m_view->horizontalHeader()->setMinimumSectionSize(5 * gridStep);
    connect(themeNotifier(), &ThemeNotifier::changed, this, &LayerTable::showWarning);
    retranslate();
}

void LayerTable::setLayers(const std::vector<LayerSparsity>& layers, bool estimated)
{
    m_estimated = estimated;
    m_model->setLayers(layers, estimated);
    retranslate();
}

void LayerTable::setDense(const std::vector<LayerSparsity>& layers)
{
    m_model->setDense(layers);
}

void LayerTable::retranslate()
{
    m_title->setText(m_estimated && m_model->rowCount() > 0 ? tr("Layers (estimate)") : QString());
    m_view->setAccessibleName(tr("Sparsity of each layer"));
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

void LayerTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace espalier
