// SPDX-License-Identifier: GPL-3.0-or-later
// LayerTable: LayerModel with a bar a layer that can be dragged. Above it whether the bars are estimates, how many layers go their own way,
// and the buttons that bring one back or leave one out; below it which layers are about to be emptied.
#pragma once

#include "engine/reports/SensitivityReport.h"
#include "engine/reports/SparsityEstimate.h"

#include <QWidget>

class QLabel;
class QTableView;
class QToolButton;

namespace espalier {

class LayerBars;
class LayerModel;
class SensitivityBar;

class LayerTable : public QWidget {
    Q_OBJECT

public:
    explicit LayerTable(QWidget* parent = nullptr);

    void setLayers(const std::vector<LayerSparsity>& layers, bool estimated);
    /// The same layers before pruning.
    void setDense(const std::vector<LayerSparsity>& layers);
    /// Those with a sparsity of their own, and those left out. Emits nothing.
    void setChoices(const LayerChoices& choices);
    /// What each layer costs when it is pruned alone; nothing: it was not measured.
    void setSensitivity(const std::optional<SensitivityReport>& report);
    [[nodiscard]] SensitivityBar* sensitivityBar() const { return m_sensitivity; }
    [[nodiscard]] LayerModel* model() const { return m_model; }
    [[nodiscard]] QTableView* view() const { return m_view; }
    [[nodiscard]] LayerBars* bars() const { return m_bars; }
    /// The sentence about layers in danger; empty when there are none.
    [[nodiscard]] QString warning() const;
    /// What stands above the table.
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    /// The user wants these layers to go their own way.
    void choicesChanged(const espalier::LayerChoices& choices);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHeader();
    void buildView();
    void retranslate();
    void showWarning();
    void showChoices();
    void setOwn(const QString& layer, double sparsity);
    void release();
    void toggleExcluded();
    [[nodiscard]] std::string currentLayer() const;

    LayerModel* m_model;
    QTableView* m_view;
    LayerBars* m_bars;
    QLabel* m_title;
    QToolButton* m_automatic;
    QToolButton* m_exclude;
    QLabel* m_note;
    QLabel* m_warning;
    SensitivityBar* m_sensitivity;
    bool m_estimated = false;
};

} // namespace espalier
