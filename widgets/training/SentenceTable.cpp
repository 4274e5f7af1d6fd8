// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/SentenceTable.h"

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
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table.horizontalHeader()->setSectionResizeMode(wideColumn, QHeaderView::Stretch);
}

SentenceTable::SentenceTable(QWidget* parent) : QTableView(parent), m_model(new SentenceModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    setModel(m_sorted);
    styleTable(*this, SentenceModel::Text);
    setSortingEnabled(true);
    setRows({});
    setAccessibleName(tr("Sentences with their predictions"));
}

void SentenceTable::setRows(const std::vector<PredictionRow>& rows)
{
    m_sorted->sort(-1);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_model->setRows(rows);
}

void SentenceTable::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Sentences with their predictions"));
    QTableView::changeEvent(event);
}

} // namespace espalier
