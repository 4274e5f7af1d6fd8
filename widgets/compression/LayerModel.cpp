// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compression/LayerModel.h"

#include "widgets/style/Theme.h"

#include <QLocale>
#include <QPolygonF>

#include <algorithm>

namespace espalier {
namespace {

constexpr double leastScale = 0.01; ///< of the accuracy: where no layer loses a point, curves stay low

double sparsityOf(const LayerSparsity& layer)
{
    return layer.weights > 0 ? 1 - static_cast<double>(layer.kept) / static_cast<double>(layer.weights) : 0;
}

QString shapeText(const std::vector<std::int64_t>& shape)
{
    QStringList sizes;
    for (const std::int64_t size : shape)
        sizes.append(QString::number(size));
    return sizes.join(QStringLiteral(" × "));
}

QString sizeText(std::int64_t bytes)
{
    return bytes > 0 ? formatBytes(bytes) : QStringLiteral("–");
}

/// Without the ending that most have in common; the tool tip has the whole.
QString shortName(const std::string& name)
{
    QString shown = QString::fromStdString(name);
    const QString common = QStringLiteral(".weight");
    if (shown.endsWith(common))
        shown.chop(common.size());
    return shown;
}

} // namespace

bool LayerModel::isEndangered(const LayerSparsity& layer)
{
    return layer.prunable && layer.weights > 0 && static_cast<double>(layer.kept) < endangeredShare * static_cast<double>(layer.weights);
}

void LayerModel::setLayers(const std::vector<LayerSparsity>& layers, bool estimated)
{
    m_estimated = estimated;
    const bool same = std::equal(layers.begin(), layers.end(), m_layers.begin(), m_layers.end(),
                                 [](const LayerSparsity& a, const LayerSparsity& b) { return a.name == b.name; });
    if (same) {
        m_layers = layers;
        if (!layers.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_layers = layers;
    endResetModel();
}

void LayerModel::setDense(const std::vector<LayerSparsity>& layers)
{
    m_denseBytes.clear();
    for (const LayerSparsity& layer : layers)
        m_denseBytes[layer.name] = layer.bytes;
}

void LayerModel::setChoices(const LayerChoices& choices)
{
    m_choices = choices;
    if (!m_layers.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool LayerModel::isOwn(const LayerSparsity& layer) const
{
    return m_choices.sparsities.contains(layer.name) && !isExcluded(layer);
}

bool LayerModel::isExcluded(const LayerSparsity& layer) const
{
    return std::find(m_choices.excluded.begin(), m_choices.excluded.end(), layer.name) != m_choices.excluded.end();
}

Qt::ItemFlags LayerModel::flags(const QModelIndex& index) const
{
    return QAbstractTableModel::flags(index) | (index.column() == Sparsity ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool LayerModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != Sparsity)
        return false;
    Q_EMIT ownSparsityWanted(layerName(index.row()), std::clamp(value.toDouble(), 0.0, 1.0));
    return true;
}

void LayerModel::setSensitivity(const std::optional<SensitivityReport>& report)
{
    m_sensitivity = report;
    if (!m_layers.empty())
        Q_EMIT dataChanged(index(0, Alone), index(rowCount() - 1, Alone));
}

/// In points, at the layer's sparsity.
QString LayerModel::lostText(const LayerSparsity& layer) const
{
    const auto lost = m_sensitivity ? m_sensitivity->lost(layer.name, sparsityOf(layer)) : std::nullopt;
    return lost ? tr("%1 pt").arg(QLocale().toString(*lost * 100 + 0.0, 'f', 1).replace(QLatin1Char('-'), QStringLiteral("−"))) : QStringLiteral("–");
}

QVariant LayerModel::sensitivityCurve(const LayerSparsity& layer) const
{
    const LayerSensitivity* known = m_sensitivity ? m_sensitivity->find(layer.name) : nullptr;
    if (!known)
        return {};
    double worst = leastScale;
    for (const LayerSensitivity& other : m_sensitivity->layers)
        for (const SensitivityPoint& point : other.points)
            worst = std::max(worst, m_sensitivity->accuracy - point.accuracy);
    QPolygonF curve{QPointF(0, 0)};
    for (const SensitivityPoint& point : known->points)
        curve << QPointF(point.sparsity, (m_sensitivity->accuracy - point.accuracy) / worst);
    return curve;
}

int LayerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_layers.size());
}

int LayerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayerModel::data(const QModelIndex& index, int role) const
{
    const LayerSparsity& layer = m_layers.at(static_cast<std::size_t>(index.row()));
    const bool figure = index.column() >= DenseSize;
    switch (role) {
    case Qt::EditRole: return sparsityOf(layer);
    case Qt::DisplayRole: return text(layer, index.column());
    case Qt::ToolTipRole: return toolTip(layer);
    case Qt::TextAlignmentRole: return static_cast<int>((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole: return layer.prunable ? QVariant() : QVariant(themeColors().mutedText);
    case Qt::DecorationRole: return index.column() == Name && isEndangered(layer) ? QVariant(icon(QStringLiteral("warning"), themeColors().warning)) : QVariant();
    case Qt::FontRole: {
        QFont font = figure ? tabularFont() : QFont();
        font.setItalic(m_estimated && index.column() >= Size && index.column() != Alone);
        font.setBold(isOwn(layer) && index.column() == Sparsity);
        return font;
    }
    case SparsityRole: return sparsityOf(layer);
    case EstimateRole: return m_estimated;
    case EndangeredRole: return isEndangered(layer);
    case PrunableRole: return layer.prunable;
    case OwnRole: return isOwn(layer);
    case ExcludedRole: return isExcluded(layer);
    case SensitivityRole: return sensitivityCurve(layer);
    default: return {};
    }
}

QString LayerModel::text(const LayerSparsity& layer, int column) const
{
    switch (column) {
    case Name: return shortName(layer.name);
    case Shape: return shapeText(layer.shape);
    case DenseSize: {
        const auto dense = m_denseBytes.find(layer.name);
        return sizeText(dense == m_denseBytes.end() ? 0 : dense->second);
    }
    case Size: return sizeText(layer.bytes);
    case Alone: return lostText(layer);
    default: return layer.prunable ? formatPercent(sparsityOf(layer)) : isExcluded(layer) ? tr("excluded") : tr("stays dense");
    }
}

QString LayerModel::toolTip(const LayerSparsity& layer) const
{
    return standing(layer) + QLatin1Char('\n') +
           (isOwn(layer) ? tr("It has a sparsity of its own, whatever the slider says.") : tr("Drag its bar, or type a figure, to give it a sparsity of its own."));
}

QString LayerModel::standing(const LayerSparsity& layer) const
{
    const QString name = QString::fromStdString(layer.name);
    if (isExcluded(layer))
        return tr("%1 is excluded from pruning.").arg(name);
    if (!layer.prunable)
        return tr("%1 is not pruned with these settings.").arg(name);
    if (isEndangered(layer))
        return tr("%1 keeps %2 of %3 weights: it is about to be emptied, and the model with it. Less sparsity, or the layer-wise method, spares it.")
            .arg(name, formatCount(layer.kept), formatCount(layer.weights));
    return tr("%1 keeps %2 of %3 weights.").arg(name, formatCount(layer.kept), formatCount(layer.weights));
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section >= DenseSize ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const std::array names{tr("Layer"), tr("Shape"), tr("Dense"), tr("Now"), tr("Alone"), tr("Sparsity")};
    if (role == Qt::ToolTipRole && section == Alone)
        return tr("Points of accuracy lost when this layer alone is as sparse as it is here");
    return role == Qt::DisplayRole ? QVariant(names.at(static_cast<std::size_t>(section))) : QVariant();
}

} // namespace espalier
