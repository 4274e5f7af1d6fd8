// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineScene: the picture of a PipelineModel. It makes, moves and drops items when the model says so, and turns what
// the mouse did into the model's edits; it never changes the graph itself. Selection of nodes and wires lives here, in
// step with the model's current node.
#pragma once

#include "engine/graph/Graph.h"

#include <QGraphicsScene>

#include <map>
#include <memory>

namespace espalier {

class NodeItem;
class PipelineModel;
class PortItem;
class WireDrag;
class WireItem;

class PipelineScene : public QGraphicsScene {
    Q_OBJECT

public:
    /// @p model must outlive the scene.
    explicit PipelineScene(PipelineModel& model, QObject* parent = nullptr);
    ~PipelineScene() override;

    [[nodiscard]] PipelineModel& model() const { return m_model; }
    [[nodiscard]] WireDrag& wireDrag() { return *m_wireDrag; }

    [[nodiscard]] NodeItem* nodeItem(const std::string& node) const;
    [[nodiscard]] std::vector<NodeItem*> nodeItems() const;
    [[nodiscard]] PortItem* portItem(const std::string& node, const std::string& port, bool input) const;
    [[nodiscard]] WireItem* wireItem(const Edge& edge) const;

    [[nodiscard]] std::vector<std::string> selectedNodes() const;
    [[nodiscard]] std::vector<Edge> selectedEdges() const;
    void selectNodes(const std::vector<std::string>& nodes);
    void selectEdge(const Edge& edge);
    void selectAll();

    /// While nodes follow the mouse, their pictures snap to the grid.
    [[nodiscard]] bool isMovingNodes() const { return m_movingNodes; }
    void setMovingNodes(bool moving) { m_movingNodes = moving; }
    /// One edit of all pictures that stand elsewhere than the model says.
    void commitMove();
    /// A node's picture moved: its wires follow, and others go round it.
    void updateWires();

Q_SIGNALS:
    /// A wire was let go over nothing: @p half has the ids of the end that stays, @p screen is where a menu belongs.
    void wireDroppedOnCanvas(const espalier::Edge& half, const QPointF& scenePos, const QPoint& screen);

private:
    void connectModel();
    void rebuild();
    void addNodeItem(const std::string& node);
    void removeNodeItem(const std::string& node);
    void addWireItem(const Edge& edge);
    void removeWireItem(const Edge& edge);
    void layWire(WireItem& wire);
    [[nodiscard]] bool coversNode(const QPainterPath& path, const Edge& edge) const;
    void refreshNode(const std::string& node);
    void refreshEnds(const Edge& edge);
    void refreshAll();
    void growSceneRect();
    void selectionToModel();
    void selectionFromModel(const std::string& node);

    PipelineModel& m_model;
    std::unique_ptr<WireDrag> m_wireDrag;
    std::map<std::string, NodeItem*> m_nodes;
    std::map<Edge, WireItem*> m_wires;
    bool m_movingNodes = false;
    bool m_selecting = false;
};

} // namespace espalier
