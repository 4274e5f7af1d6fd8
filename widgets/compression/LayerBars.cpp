// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/LayerBars.h"

#include "widgets/compression/LayerModel.h"
#include "widgets/style/Theme.h"

#include <QDoubleSpinBox>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>

#include <cmath>

namespace espalier {
namespace {

constexpr double smallStep = 1.0 / sparsityStepCount;
constexpr double largeStep = 10 * smallStep;

} // namespace

LayerBars::LayerBars(QTableView* view) : QStyledItemDelegate(view), m_view(view)
{
    view->setItemDelegateForColumn(LayerModel::Sparsity, this);
    view->viewport()->installEventFilter(this);
    view->viewport()->setMouseTracking(true);
    view->installEventFilter(this);
}

QRectF LayerBars::track(const QRect& cell) const
{
    const int figure = m_view->fontMetrics().horizontalAdvance(QStringLiteral("100.0 %")) + 3 * gridStep;
    return QRectF(cell).adjusted(gridStep, gridStep - 0.5, -figure, -gridStep + 0.5);
}

QRectF LayerBars::trackOf(const QModelIndex& index) const
{
    return track(m_view->visualRect(index));
}

void LayerBars::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (!index.data(LayerModel::PrunableRole).toBool())
        return; // a word stands there, and would not fit beside an empty bar
    const ThemeColors& colors = themeColors();
    const QRectF whole = track(option.rect);
    QRectF bar = whole;
    bar.setWidth(whole.width() * index.data(LayerModel::SparsityRole).toDouble());
    const QColor color = index.data(LayerModel::EndangeredRole).toBool() ? colors.warning : colors.series[0];
    const bool estimate = index.data(LayerModel::EstimateRole).toBool();
    painter->save();
    painter->fillRect(whole, colors.grid);
    painter->fillRect(bar, estimate ? blended(color, colors.base, 0.35) : color);
    if (estimate && bar.width() > 1) {
        painter->setPen(QPen(color, 1, Qt::DashLine));
        painter->drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (index.data(LayerModel::OwnRole).toBool())
        painter->fillRect(QRectF(bar.right() - 2, whole.top() - 3, 4, whole.height() + 6), option.state.testFlag(QStyle::State_Selected) ? colors.onAccent : colors.text);
    painter->restore();
}

QSize LayerBars::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {24 * gridStep, 3 * gridStep};
}

QWidget* LayerBars::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(0, 100);
    box->setDecimals(1);
    box->setSingleStep(100 * smallStep);
    box->setAlignment(Qt::AlignRight);
    box->setSuffix(tr(" %"));
    box->setAccessibleName(tr("Sparsity of %1 in percent").arg(static_cast<const LayerModel*>(index.model())->layerName(index.row())));
    return box;
}

void LayerBars::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    static_cast<QDoubleSpinBox*>(editor)->setValue(100 * index.data(Qt::EditRole).toDouble());
}

void LayerBars::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    auto* box = static_cast<QDoubleSpinBox*>(editor);
    box->interpretText();
    model->setData(index, box->value() / 100, Qt::EditRole);
}

void LayerBars::setSparsity(const QModelIndex& index, double sparsity)
{
    const double rounded = std::round(std::clamp(sparsity, 0.0, 1 - smallStep) * sparsityStepCount) / sparsityStepCount;
    m_view->model()->setData(index, rounded, Qt::EditRole);
}

void LayerBars::dragTo(double x)
{
    const QRectF whole = trackOf(m_dragged);
    setSparsity(m_dragged, (x - whole.left()) / whole.width());
}

bool LayerBars::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view->viewport())
        return viewportEvent(*event);
    if (watched == m_view) { // which is no field, as the base would take it for
        const auto* key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event) : nullptr;
        return key && viewKey(key->key(), key->modifiers());
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

bool LayerBars::viewportEvent(QEvent& event)
{
    const auto type = event.type();
    if (type != QEvent::MouseButtonPress && type != QEvent::MouseMove && type != QEvent::MouseButtonRelease)
        return false;
    const auto& mouse = static_cast<QMouseEvent&>(event);
    const QModelIndex under = m_view->indexAt(mouse.position().toPoint());
    const bool onBar = under.column() == LayerModel::Sparsity && trackOf(under).adjusted(-4, -6, 4, 6).contains(mouse.position());
    if (type == QEvent::MouseButtonPress && mouse.button() == Qt::LeftButton && onBar) {
        m_view->setFocus(Qt::MouseFocusReason);
        m_view->setCurrentIndex(under);
        m_dragged = under;
        dragTo(mouse.position().x());
        return true;
    }
    if (type == QEvent::MouseMove)
        m_view->viewport()->setCursor(m_dragged.isValid() || onBar ? Qt::SizeHorCursor : Qt::ArrowCursor);
    if (!m_dragged.isValid())
        return false;
    if (type == QEvent::MouseMove)
        dragTo(mouse.position().x());
    else
        m_dragged = QModelIndex();
    return true;
}

bool LayerBars::viewKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (!m_view->currentIndex().isValid())
        return false;
    const QModelIndex bar = m_view->currentIndex().siblingAtColumn(LayerModel::Sparsity);
    if (m_view->isPersistentEditorOpen(bar))
        return false; // the key comes from the field
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        m_view->setCurrentIndex(bar); // and the view opens the field there
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_F2) {
        m_view->edit(bar);
        return true;
    }
    if (key != Qt::Key_Left && key != Qt::Key_Right)
        return false;
    const double step = modifiers.testFlag(Qt::ShiftModifier) ? largeStep : smallStep;
    setSparsity(bar, bar.data(LayerModel::SparsityRole).toDouble() + (key == Qt::Key_Left ? -step : step));
    return true;
}

} // namespace espalier
