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
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Labels as wide as they are, but never so wide that the sentences have no room.
    void fitColumns();

    SentenceModel* m_model;
    QSortFilterProxyModel* m_sorted;
};

} // namespace espalier
