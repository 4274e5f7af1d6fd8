// SPDX-License-Identifier: GPL-3.0-or-later
// PreviewModel: the first rows of a data file as a table: a column a column of the file, with the role it plays; a row a row,
// numbered by its line. Rows that would be set aside say why in their tool tip and are drawn in the colour of errors.
#pragma once

#include "engine/reports/DataFileReport.h"

#include <QAbstractTableModel>

namespace espalier {

class PreviewModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setReport(DataFileReport report);
    [[nodiscard]] const DataFileReport& report() const { return m_report; }
    /// The first column of that role ("text", "label", "group"); -1: none.
    [[nodiscard]] int columnOf(const std::string& role) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    DataFileReport m_report;
};

/// "text", "label", "group" in the user's language; empty for no role.
QString columnRoleText(const std::string& role);

} // namespace espalier
