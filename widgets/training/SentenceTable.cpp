// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/SentenceTable.h"

#include "widgets/style/Tables.h"
#include "widgets/style/Theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QSortFilterProxyModel>

namespace espalier {

void SentenceModel::setRows(std::vector<PredictionRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int SentenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SentenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SentenceModel::data(const QModelIndex& index, int role) const
{
    const PredictionRow& row = m_rows.at(static_cast<std::size_t>(index.row()));
    const bool numeric = index.column() == Probability;
    const std::array texts{row.text, row.truth, row.prediction};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::FontRole && numeric)
        return tabularFont();
    if (role == Qt::ForegroundRole && index.column() == Prediction && !row.right())
        return themeColors().danger;
    if (role == Qt::UserRole && numeric)
        return row.probability;
    if (role != Qt::DisplayRole && role != Qt::UserRole && role != Qt::ToolTipRole)
        return {};
    if (numeric)
        return formatPercent(row.probability);
    const QString text = QString::fromStdString(texts.at(static_cast<std::size_t>(index.column())));
    return role == Qt::DisplayRole && index.column() == Prediction && !row.right() ? QStringLiteral("✗ ") + text : text;
}

QVariant SentenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == Probability ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const std::array names{tr("Sentence"), tr("True label"), tr("Prediction"), tr("Probability")};
    return role == Qt::DisplayRole ? QVariant(names.at(static_cast<std::size_t>(section))) : QVariant();
}

SentenceTable::SentenceTable(QWidget* parent) : QTableView(parent), m_model(new SentenceModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_sorted);
    styleTable(*this, SentenceModel::Text);
    for (const int column : {SentenceModel::Truth, SentenceModel::Prediction})
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(SentenceModel::Probability, QHeaderView::Interactive);
    horizontalHeader()->resizeSection(SentenceModel::Probability, 12 * gridStep);
    setSortingEnabled(true);
    setRows({});
    setAccessibleName(tr("Sentences with their predictions"));
}

void SentenceTable::setRows(const std::vector<PredictionRow>& rows)
{
    m_sorted->sort(-1);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_model->setRows(rows);
    fitColumns();
}

void SentenceTable::fitColumns()
{
    constexpr double widestShare = 0.22;
    const int widest = static_cast<int>(viewport()->width() * widestShare);
    for (const int column : {SentenceModel::Truth, SentenceModel::Prediction})
        setColumnWidth(column, std::min(widest, std::max(sizeHintForColumn(column), horizontalHeader()->sectionSizeHint(column))));
}

void SentenceTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void SentenceTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Sentences with their predictions"));
    QTableView::changeEvent(event);
}

} // namespace espalier
