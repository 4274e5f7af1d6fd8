// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/Tables.h"

#include "widgets/style/Theme.h"

#include <QHeaderView>
#include <QTableWidget>

namespace espalier {
namespace {

class ValueItem : public QTableWidgetItem {
public:
    using QTableWidgetItem::QTableWidgetItem;
    bool operator<(const QTableWidgetItem& other) const override { return data(Qt::UserRole).toDouble() < other.data(Qt::UserRole).toDouble(); }
};

QTableWidgetItem* asFigure(QTableWidgetItem* item)
{
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    item->setFont(tabularFont());
    return item;
}

} // namespace

void styleTable(QTableView& table, int wideColumn)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setAlternatingRowColors(true);
    table.setShowGrid(false);
    table.setFrameShape(QFrame::NoFrame);
    table.setTabKeyNavigation(false);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(3 * gridStep);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    if (wideColumn >= 0)
        table.horizontalHeader()->setSectionResizeMode(wideColumn, QHeaderView::Stretch);
}

void setHeaders(QTableWidget& table, const QStringList& texts, int firstFigure)
{
    table.setHorizontalHeaderLabels(texts);
    for (int column = 0; column < texts.size(); ++column)
        table.horizontalHeaderItem(column)->setTextAlignment((column < firstFigure ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

QTableWidgetItem* figureItem(const QString& text)
{
    return asFigure(new QTableWidgetItem(text));
}

QTableWidgetItem* figureItem(const QString& text, double value)
{
    auto* item = new ValueItem(text);
    item->setData(Qt::UserRole, value);
    return asFigure(item);
}

} // namespace espalier
