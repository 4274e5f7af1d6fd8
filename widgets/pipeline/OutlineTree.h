// SPDX-License-Identifier: GPL-3.0-or-later
// OutlineTree: the pipeline as a list, for the keyboard and for those who cannot see the canvas. Nodes in the order of the
// work with their state; under each its inputs with what feeds them. In step with the canvas's selection.
#pragma once

#include "engine/graph/Graph.h"

#include <QTreeWidget>

namespace espalier {

class PipelineModel;

class OutlineTree : public QTreeWidget {
    Q_OBJECT

public:
    /// @p model must outlive the tree.
    explicit OutlineTree(PipelineModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QTreeWidgetItem* nodeEntry(const std::string& node) const;

Q_SIGNALS:
    void edgeSelected(const espalier::Edge& edge);
    void inspectRequested(const std::string& node); ///< Enter or double click
    void runToRequested(const std::string& node);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void retranslate();
    QTreeWidgetItem* addNode(const Node& node);
    void addInput(QTreeWidgetItem* parent, const Node& node, const PortSpec& port);
    void refreshNode(const std::string& node);
    void followModel();
    void followUser();
    void removeCurrent();
    [[nodiscard]] const Edge* edgeOf(const QTreeWidgetItem* item) const;

    PipelineModel& m_model;
    bool m_following = false;
};

} // namespace espalier
