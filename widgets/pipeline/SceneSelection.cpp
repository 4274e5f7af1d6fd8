// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineScene's selection and moving: what is selected, and what the mouse moved.
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/WireItem.h"

#include <QScopedValueRollback>

namespace espalier {

std::vector<std::string> PipelineScene::selectedNodes() const
{
    std::vector<std::string> nodes;
    for (const auto& [node, item] : m_nodes)
        if (item->isSelected())
            nodes.push_back(node);
    return nodes;
}

std::vector<Edge> PipelineScene::selectedEdges() const
{
    std::vector<Edge> edges;
    for (const auto& [edge, item] : m_wires)
        if (item->isSelected())
            edges.push_back(edge);
    return edges;
}

void PipelineScene::selectNodes(const std::vector<std::string>& nodes)
{
    {
        const QScopedValueRollback guard(m_selecting, true);
        clearSelection();
        for (const std::string& node : nodes)
            if (NodeItem* item = nodeItem(node))
                item->setSelected(true);
    }
    selectionToModel();
}

void PipelineScene::selectEdge(const Edge& edge)
{
    WireItem* wire = wireItem(edge);
    if (!wire || (wire->isSelected() && selectedItems().size() == 1))
        return;
    clearSelection();
    wire->setSelected(true);
}

void PipelineScene::selectAll()
{
    std::vector<std::string> nodes;
    for (const auto& [node, item] : m_nodes)
        nodes.push_back(node);
    selectNodes(nodes);
}

void PipelineScene::selectionToModel()
{
    if (m_selecting)
        return;
    const QScopedValueRollback guard(m_selecting, true);
    const auto nodes = selectedNodes();
    m_model.setCurrentNode(nodes.size() == 1 ? nodes.front() : std::string());
}

void PipelineScene::selectionFromModel(const std::string& node)
{
    if (m_selecting)
        return;
    const QScopedValueRollback guard(m_selecting, true);
    clearSelection();
    if (NodeItem* item = nodeItem(node))
        item->setSelected(true);
}

void PipelineScene::commitMove()
{
    std::map<std::string, QPointF> moved;
    for (const auto& [node, item] : m_nodes)
        if (const Node* where = m_model.graph().node(node); where && item->pos() != QPointF(where->x, where->y))
            moved[node] = item->pos();
    m_model.moveNodes(moved);
}

} // namespace espalier
