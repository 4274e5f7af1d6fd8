// SPDX-License-Identifier: GPL-3.0-or-later
// TokenCountModel: tokens with how often they were seen, as a table.
#pragma once

#include "engine/reports/VocabularyReport.h"

#include <QAbstractTableModel>

namespace espalier {

class TokenCountModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TokenText, Count, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setTokens(std::vector<TokenCount> tokens);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<TokenCount> m_tokens;
};

} // namespace espalier
