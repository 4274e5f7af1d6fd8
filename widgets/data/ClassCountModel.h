// SPDX-License-Identifier: GPL-3.0-or-later
// ClassCountModel: how often each class stands in each part, as a table; sort with Qt::UserRole. The first column's bar (Qt::UserRole
// + 1) is the class's share of the most frequent class, by part.
#pragma once

#include "engine/reports/DatasetSummary.h"

#include <QAbstractTableModel>

namespace espalier {

class ClassCountModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Label, Bar, Train, Validation, Test, ColumnCount };
    static constexpr int BarsRole = Qt::UserRole + 1; ///< QList<double>: train, validation, test, each 0 to 1 of its largest

    using QAbstractTableModel::QAbstractTableModel;

    void setClasses(std::vector<ClassCount> classes);
    [[nodiscard]] QString label(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ClassCount> m_classes;
    std::array<std::int64_t, 3> m_largest{1, 1, 1};
};

} // namespace espalier
