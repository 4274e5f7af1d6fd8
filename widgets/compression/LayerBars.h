// SPDX-License-Identifier: GPL-3.0-or-later
// LayerBars: the last column of the layer table: a bar a layer that shows its sparsity and is dragged to set one. Dashed while it is an
// estimate, with a handle where the layer has a sparsity of its own.
#pragma once

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

class QTableView;

namespace espalier {

class LayerBars : public QStyledItemDelegate {
    Q_OBJECT

public:
    /// Becomes the delegate of @p view's last column, and takes mouse and keys there: arrows left and right 0.5 %, with Shift 5 %.
    explicit LayerBars(QTableView* view);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// A field in percent.
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    /// Where the bar of @p index can be dragged, in the viewport's coordinates.
    [[nodiscard]] QRectF trackOf(const QModelIndex& index) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QRectF track(const QRect& cell) const;
    bool viewportEvent(QEvent& event);
    bool viewKey(int key, Qt::KeyboardModifiers modifiers);
    void dragTo(double x);
    void setSparsity(const QModelIndex& index, double sparsity);

    QTableView* m_view;
    QPersistentModelIndex m_dragged;
};

} // namespace espalier
