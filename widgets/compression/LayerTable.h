// SPDX-License-Identifier: GPL-3.0-or-later
// LayerTable: LayerModel with a bar a layer, and a line above that says whether the bars are estimates and how many layers are
// about to be emptied.
#pragma once

#include "engine/reports/CompressionReport.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace espalier {

class LayerModel;

class LayerTable : public QWidget {
    Q_OBJECT

public:
    explicit LayerTable(QWidget* parent = nullptr);

    void setLayers(const std::vector<LayerSparsity>& layers, bool estimated);
    /// The same layers before pruning.
    void setDense(const std::vector<LayerSparsity>& layers);
    [[nodiscard]] LayerModel* model() const { return m_model; }
    [[nodiscard]] QTableView* view() const { return m_view; }
    /// The sentence about layers in danger; empty when there are none.
    [[nodiscard]] QString warning() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showWarning();

    LayerModel* m_model;
    QTableView* m_view;
    QLabel* m_title;
    QLabel* m_warning;
    bool m_estimated = false;
};

} // namespace espalier
