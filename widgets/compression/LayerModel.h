// SPDX-License-Identifier: GPL-3.0-or-later
// LayerModel: the layers of a model under pruning, as a table: name, shape, bytes before and after, and sparsity. Says which of them are
// about to be emptied, which have a sparsity of their own, and whether its figures are estimates. Typing into the last column asks for one.
#pragma once

#include "engine/reports/SensitivityReport.h"
#include "engine/reports/SparsityEstimate.h"

#include <QAbstractTableModel>

#include <map>
#include <optional>

namespace espalier {

class LayerModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Shape, DenseSize, Size, Alone, Sparsity, ColumnCount };
    enum Role { SparsityRole = Qt::UserRole + 1, EstimateRole, EndangeredRole, PrunableRole, OwnRole, ExcludedRole,
                /// QPolygonF: what the layer loses when pruned alone, as a share of what the most sensitive one does, over its sparsity.
                SensitivityRole };

    /// As in the engine's warnings: a layer that keeps less than this share of its weights is about to be emptied.
    static constexpr double endangeredShare = 0.01;

    using QAbstractTableModel::QAbstractTableModel;

    /// Same layers as before: only the figures change, and selection and scrolling stay.
    void setLayers(const std::vector<LayerSparsity>& layers, bool estimated);
    /// The same layers before pruning, for their sizes. They are shown from the next setLayers() on.
    void setDense(const std::vector<LayerSparsity>& layers);
    /// Marks the layers that have a sparsity of their own or are left out.
    void setChoices(const LayerChoices& choices);
    [[nodiscard]] const LayerChoices& choices() const { return m_choices; }
    [[nodiscard]] QString layerName(int row) const { return QString::fromStdString(m_layers.at(static_cast<std::size_t>(row)).name); }
    /// What each layer costs when it is pruned alone; nothing: it was not measured.
    void setSensitivity(const std::optional<SensitivityReport>& report);
    [[nodiscard]] const std::vector<LayerSparsity>& layers() const { return m_layers; }
    [[nodiscard]] static bool isEndangered(const LayerSparsity& layer);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// A share of 0 to 1 with Qt::EditRole: emits ownSparsityWanted.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void ownSparsityWanted(const QString& layer, double sparsity);

private:
    [[nodiscard]] bool isOwn(const LayerSparsity& layer) const;
    [[nodiscard]] bool isExcluded(const LayerSparsity& layer) const;
    [[nodiscard]] QString standing(const LayerSparsity& layer) const;
    [[nodiscard]] QString text(const LayerSparsity& layer, int column) const;
    [[nodiscard]] QString lostText(const LayerSparsity& layer) const;
    [[nodiscard]] QVariant sensitivityCurve(const LayerSparsity& layer) const;
    [[nodiscard]] QString toolTip(const LayerSparsity& layer) const;

    std::vector<LayerSparsity> m_layers;
    std::map<std::string, std::int64_t> m_denseBytes; ///< by the layer's name
    LayerChoices m_choices;
    std::optional<SensitivityReport> m_sensitivity;
    bool m_estimated = false;
};

} // namespace espalier
