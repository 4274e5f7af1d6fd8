// SPDX-License-Identifier: GPL-3.0-or-later
// What tables of figures here have in common: whole rows, no grid, headers that stand over their columns as the cells do.
#pragma once

#include <QStringList>

class QTableView;
class QTableWidget;
class QTableWidgetItem;

namespace espalier {

/// Columns as wide as needed and @p wideColumn taking the rest; -1: no column does.
void styleTable(QTableView& table, int wideColumn = -1);
/// Headers: those from @p firstFigure on to the right, over figures; the ones before to the left.
void setHeaders(QTableWidget& table, const QStringList& texts, int firstFigure);
/// A cell to the right, its digits equally wide.
QTableWidgetItem* figureItem(const QString& text);
/// The same, which sorts by @p value.
QTableWidgetItem* figureItem(const QString& text, double value);

} // namespace espalier
