// SPDX-License-Identifier: GPL-3.0-or-later
// SentenceTable: sentences with their true label, the model's answer and its probability; sorts by any column. Mistakes are told by a
// sign as well as a colour.
#pragma once

#include "engine/reports/EvaluationDetails.h"

#include <QAbstractTableModel>
#include <QTableView>

class QSortFilterProxyModel;

namespace espalier {

class SentenceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Text, Truth, Prediction, Probability, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<PredictionRow> rows);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<PredictionRow> m_rows;
};

class SentenceTable : public QTableView {
    Q_OBJECT

public:
    explicit SentenceTable(QWidget* parent = nullptr);

    /// In the order given, until the user sorts.
    void setRows(const std::vector<PredictionRow>& rows);

protected:
    void changeEvent(QEvent* event) override;

private:
    SentenceModel* m_model;
    QSortFilterProxyModel* m_sorted;
};

/// What tables of figures here have in common: whole rows, no grid, columns as wide as needed, one that takes the rest.
void styleTable(QTableView& table, int wideColumn);

} // namespace espalier
