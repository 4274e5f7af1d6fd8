// SPDX-License-Identifier: GPL-3.0-or-later
// LayerModel: the layers of a model under pruning, as a table: name, shape, bytes before and after, and sparsity. Says which of them are
// about to be emptied, and whether its figures are estimates.
#pragma once

#include "engine/reports/CompressionReport.h"

#include <QAbstractTableModel>

#include <map>

namespace espalier {

class LayerModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Shape, DenseSize, Size, Sparsity, ColumnCount };
    enum Role { SparsityRole = Qt::UserRole + 1, EstimateRole, EndangeredRole, PrunableRole };

    /// As in the engine's warnings: a layer that keeps less than this share of its weights is about to be emptied.
    static constexpr double endangeredShare = 0.01;

    using QAbstractTableModel::QAbstractTableModel;

    /// Same layers as before: only the figures change, and selection and scrolling stay.
    void setLayers(const std::vector<LayerSparsity>& layers, bool estimated);
    /// The same layers before pruning, for their sizes. They are shown from the next setLayers() on.
    void setDense(const std::vector<LayerSparsity>& layers);
    [[nodiscard]] const std::vector<LayerSparsity>& layers() const { return m_layers; }
    [[nodiscard]] static bool isEndangered(const LayerSparsity& layer);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const LayerSparsity& layer, int column) const;
    [[nodiscard]] QString toolTip(const LayerSparsity& layer) const;

    std::vector<LayerSparsity> m_layers;
    std::map<std::string, std::int64_t> m_denseBytes; ///< by the layer's name
    bool m_estimated = false;
};

} // namespace espalier
