// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/ClassScoreModel.h"

#include "widgets/style/Theme.h"

namespace espalier {

void ClassScoreModel::setClasses(std::vector<ClassScore> classes)
{
    beginResetModel();
    m_classes = std::move(classes);
    endResetModel();
}

void ClassScoreModel::setEntities(bool entities)
{
    m_entities = entities;
    Q_EMIT headerDataChanged(Qt::Horizontal, Label, Support);
}

int ClassScoreModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_classes.size());
}

int ClassScoreModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassScoreModel::data(const QModelIndex& index, int role) const
{
    const ClassScore& score = m_classes.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole: return text(score, index.column());
    case Qt::UserRole: return sortValue(score, index.column());
    case Qt::ToolTipRole: return index.column() == Label ? QVariant(QString::fromStdString(score.label)) : QVariant();
    case Qt::FontRole: return index.column() == Label ? QVariant() : QVariant(tabularFont());
    case Qt::TextAlignmentRole: return static_cast<int>((index.column() == Label ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    default: return {};
    }
}

QVariant ClassScoreModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == Label ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const std::array names{m_entities ? tr("Type") : tr("Class"), tr("F1"), tr("Precision"), tr("Recall"), m_entities ? tr("Entities") : tr("Sentences")};
    const std::array helps{m_entities ? tr("The type of entity") : tr("The true label"), tr("Harmonic mean of precision and recall"),
                           tr("Of those predicted as this class, the share that are"), tr("Of those that are this class, the share found"),
                           m_entities ? tr("Entities of this type in the data") : tr("Sentences whose true label it is")};
    const auto at = static_cast<std::size_t>(section);
    if (role == Qt::DisplayRole)
        return names.at(at);
    return role == Qt::ToolTipRole ? QVariant(helps.at(at)) : QVariant();
}

QVariant ClassScoreModel::sortValue(const ClassScore& score, int column) const
{
    switch (column) {
    case F1: return score.f1;
    case Precision: return score.precision;
    case Recall: return score.recall;
    case Support: return static_cast<qlonglong>(score.support);
    default: return QString::fromStdString(score.label);
    }
}

QString ClassScoreModel::text(const ClassScore& score, int column) const
{
    switch (column) {
    case F1: return formatPercent(score.f1);
    case Precision: return formatPercent(score.precision);
    case Recall: return formatPercent(score.recall);
    case Support: return formatCount(score.support);
    default: return QString::fromStdString(score.label);
    }
}

} // namespace espalier
