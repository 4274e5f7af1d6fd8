// SPDX-License-Identifier: GPL-3.0-or-later
// SensitivityDelegate: what a layer loses when it is pruned alone, as a small curve over the sparsity with a dot where the layer stands, beside the figure.
// All layers' curves have one scale, so that the sensitive ones stand out. A layer that was not measured has its figure alone: a dash.
#pragma once

#include <QStyledItemDelegate>

namespace espalier {

class SensitivityDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace espalier
