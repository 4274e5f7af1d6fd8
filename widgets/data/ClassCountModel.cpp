// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/ClassCountModel.h"

#include "widgets/data/DataText.h"
#include "widgets/style/Theme.h"

#include <QPixmap>

#include <algorithm>

namespace espalier {
namespace {

std::array<std::int64_t, 3> countsOf(const ClassCount& one) { return {one.train, one.validation, one.test}; }

/// The colour of a part's bars, for the head of its column.
QPixmap barSample(int part)
{
    QPixmap sample(gridStep, gridStep);
    sample.fill(themeColors().series[static_cast<std::size_t>(part)]);
    return sample;
}

} // namespace

void ClassCountModel::setClasses(std::vector<ClassCount> classes)
{
    beginResetModel();
    m_classes = std::move(classes);
    m_largest = {1, 1, 1};
    for (const ClassCount& one : m_classes)
        for (std::size_t part = 0; part < 3; ++part)
            m_largest[part] = std::max(m_largest[part], countsOf(one)[part]);
    endResetModel();
}

QString ClassCountModel::label(int row) const { return QString::fromStdString(m_classes[static_cast<std::size_t>(row)].label); }

int ClassCountModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_classes.size()); }

int ClassCountModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ClassCountModel::data(const QModelIndex& index, int role) const
{
    const auto counts = countsOf(m_classes[static_cast<std::size_t>(index.row())]);
    const int column = index.column();
    if (role == BarsRole) {
        QList<double> bars;
        for (std::size_t part = 0; part < 3; ++part)
            bars << static_cast<double>(counts[part]) / static_cast<double>(m_largest[part]);
        return QVariant::fromValue(bars);
    }
    if (role == Qt::TextAlignmentRole && column >= Train)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && column >= Train)
        return tabularFont();
    if (role != Qt::DisplayRole && role != Qt::UserRole && role != Qt::ToolTipRole)
        return {};
    if (column == Label)
        return label(index.row());
    if (column == Bar)
        return role == Qt::UserRole ? QVariant(qlonglong(counts[0])) : QVariant();
    const std::int64_t count = counts[static_cast<std::size_t>(column - Train)];
    return role == Qt::UserRole ? QVariant(qlonglong(count)) : QVariant(formatCount(count));
}

QVariant ClassCountModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section >= Train && role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation == Qt::Horizontal && section >= Train && role == Qt::DecorationRole)
        return barSample(section - Train);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Label: return tr("Class");
    case Bar: return tr("Balance");
    case Train: return partText("train");
    case Validation: return partText("validation");
    default: return partText("test");
    }
}

} // namespace espalier
