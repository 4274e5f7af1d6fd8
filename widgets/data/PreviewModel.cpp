// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/PreviewModel.h"

#include "widgets/style/Theme.h"

namespace espalier {
namespace {

constexpr qsizetype shownCharacters = 300; // of a cell; the rest would only make the table slow

QString cellText(const std::string& cell)
{
    QString text = QString::fromStdString(cell);
    text.replace(QLatin1Char('\n'), QChar(0x23CE)); // a cell is one line here
    return text.size() > shownCharacters ? text.left(shownCharacters) + QChar(0x2026) : text;
}

/// A row that is used shows what was understood; one that is set aside, and columns that are not used, what stands in the file.
QString shownText(const PreviewRow& row, const DataColumn& column, std::size_t at)
{
    if (row.problem.empty() && column.role == "text")
        return cellText(row.text);
    if (row.problem.empty() && column.role == "label") {
        QStringList labels;
        for (const std::string& label : row.labels)
            labels << QString::fromStdString(label);
        return labels.join(row.words.empty() ? QStringLiteral(", ") : QStringLiteral(" "));
    }
    return at < row.cells.size() ? cellText(row.cells[at]) : QString();
}

QVariant tint(const std::string& role)
{
    const ThemeColors& colors = themeColors();
    if (role == "text")
        return blended(colors.accent, colors.base, 0.14);
    return role.empty() ? QVariant() : QVariant(blended(colors.series[1], colors.base, 0.18));
}

} // namespace

QString columnRoleText(const std::string& role)
{
    if (role == "text")
        return PreviewModel::tr("Text");
    if (role == "label")
        return PreviewModel::tr("Label");
    return role == "group" ? PreviewModel::tr("Group") : QString();
}

void PreviewModel::setReport(DataFileReport report)
{
    beginResetModel();
    m_report = std::move(report);
    endResetModel();
}

int PreviewModel::columnOf(const std::string& role) const
{
    for (std::size_t i = 0; i < m_report.columns.size(); ++i)
        if (m_report.columns[i].role == role)
            return static_cast<int>(i);
    return -1;
}

int PreviewModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_report.rows.size()); }

int PreviewModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_report.columns.size()); }

QVariant PreviewModel::data(const QModelIndex& index, int role) const
{
    const PreviewRow& row = m_report.rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    switch (role) {
    case Qt::DisplayRole: return shownText(row, m_report.columns[column], column);
    case Qt::ToolTipRole: return row.problem.empty() ? data(index, Qt::DisplayRole) : tr("Line %1 is set aside: %2").arg(row.line).arg(QString::fromStdString(row.problem));
    case Qt::AccessibleDescriptionRole: return row.problem.empty() ? QVariant() : data(index, Qt::ToolTipRole);
    case Qt::ForegroundRole: return row.problem.empty() ? QVariant() : QVariant(themeColors().danger);
    case Qt::BackgroundRole: return tint(m_report.columns[column].role);
    default: return {};
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const auto at = static_cast<std::size_t>(section);
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole && at < m_report.rows.size() && m_report.rows[at].line > 0 ? QVariant(formatCount(m_report.rows[at].line)) : QVariant();
    if (at >= m_report.columns.size())
        return {};
    const DataColumn& column = m_report.columns[at];
    const bool nameless = column.name == "column " + std::to_string(section + 1); // what the engine calls it then
    const QString name = nameless ? tr("Column %1").arg(section + 1) : QString::fromStdString(column.name);
    if (role == Qt::DisplayRole)
        return column.role.empty() ? name : tr("%1 · %2", "name of a column and its role").arg(name, columnRoleText(column.role));
    if (role == Qt::ToolTipRole)
        return column.role.empty() ? tr("%1: not used. Click to use it.").arg(name) : tr("%1 is read as: %2. Click to change that.").arg(name, columnRoleText(column.role));
    return {};
}

} // namespace espalier
