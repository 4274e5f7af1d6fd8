// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/RowsModel.h"

#include "widgets/style/Theme.h"

#include <limits>

namespace espalier {
namespace {

constexpr int scrollPause = 30; // ms: what flies by while scrolling is not fetched

} // namespace

QString labelsText(const DataRow& row)
{
    QStringList texts;
    for (std::size_t i = 0; i < row.labels.size(); ++i) {
        const QString label = QString::fromStdString(row.labels[i]);
        if (i >= row.words.size())
            texts << label;
        else if (const auto [begin, end] = row.words[i]; label != QLatin1String("O") && begin <= end && end <= row.text.size())
            texts << QString::fromStdString(row.text.substr(begin, end - begin)) + QLatin1Char('/') + label;
    }
    return texts.join(QStringLiteral(", "));
}

RowsModel::RowsModel(QObject* parent) : QAbstractTableModel(parent)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(scrollPause);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        if (!m_pages.contains(m_wanted))
            Q_EMIT pageWanted(std::int64_t{m_wanted} * pageRows);
    });
}

void RowsModel::begin()
{
    beginResetModel();
    m_matches = 0;
    m_total = 0;
    m_pages.clear();
    m_soon.stop();
    endResetModel();
}

void RowsModel::setPage(const RowsPage& page)
{
    const bool resized = page.matches != m_matches;
    if (resized)
        beginResetModel();
    m_matches = page.matches;
    m_total = page.total;
    m_pages[static_cast<int>(page.offset / pageRows)] = page.rows;
    if (resized)
        endResetModel();
    else if (!page.rows.empty())
        Q_EMIT dataChanged(index(static_cast<int>(page.offset), 0), index(static_cast<int>(page.offset + std::int64_t(page.rows.size()) - 1), ColumnCount - 1));
}

const DataRow* RowsModel::row(int at) const
{
    const auto page = m_pages.find(at / pageRows);
    if (page == m_pages.end())
        return nullptr;
    const auto within = static_cast<std::size_t>(at % pageRows);
    return within < page->second.size() ? &page->second[within] : nullptr;
}

void RowsModel::want(int page) const
{
    if (m_soon.isActive() || m_pages.contains(page))
        return;
    m_wanted = page;
    m_soon.start();
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min<std::int64_t>(m_matches, std::numeric_limits<int>::max()));
}

int RowsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return index.column() == Number ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const DataRow* shown = row(index.row());
    if (!shown) {
        want(index.row() / pageRows);
        return {};
    }
    switch (index.column()) {
    case Number: return formatCount(shown->row + 1);
    case Text: return QString::fromStdString(shown->text).replace(QLatin1Char('\n'), role == Qt::DisplayRole ? QChar(0x23CE) : QChar('\n'));
    default: return labelsText(*shown);
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Number ? tr("Row") : section == Text ? tr("Text") : tr("Label");
}

} // namespace espalier
