// SPDX-License-Identifier: GPL-3.0-or-later
// ClassScoreModel: precision, recall, F1 and support of every class as a table; sort with Qt::UserRole.
#pragma once

#include "engine/reports/EvaluationReport.h"

#include <QAbstractTableModel>

namespace espalier {

class ClassScoreModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Label, F1, Precision, Recall, Support, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setClasses(std::vector<ClassScore> classes);
    /// Whether the classes are types of entities, and what is counted are entities.
    void setEntities(bool entities);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant sortValue(const ClassScore& score, int column) const;
    [[nodiscard]] QString text(const ClassScore& score, int column) const;

    std::vector<ClassScore> m_classes;
    bool m_entities = false;
};

} // namespace espalier
