// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/TokenCountModel.h"

#include "widgets/style/Format.h"

namespace espalier {

void TokenCountModel::setTokens(std::vector<TokenCount> tokens)
{
    beginResetModel();
    m_tokens = std::move(tokens);
    endResetModel();
}

int TokenCountModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tokens.size());
}

int TokenCountModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TokenCountModel::data(const QModelIndex& index, int role) const
{
    const TokenCount& token = m_tokens[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return index.column() == TokenText ? QString::fromStdString(token.token) : formatCount(token.count);
    if (role == Qt::TextAlignmentRole && index.column() == Count)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && index.column() == Count)
        return tabularFont();
    return {};
}

QVariant TokenCountModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == TokenText ? tr("Token that goes") : tr("Seen");
}

} // namespace espalier
