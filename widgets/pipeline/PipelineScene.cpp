// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/PipelineScene.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeItem.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PortItem.h"
#include "widgets/pipeline/WireDrag.h"
#include "widgets/pipeline/WireItem.h"
#include "widgets/style/Theme.h"

#include <QScopedValueRollback>

namespace espalier {
namespace {

/// Large and fixed, so that the view never jumps because the scene grew under it.
constexpr double reach = 20000;
constexpr double margin = 4000;

} // namespace

PipelineScene::PipelineScene(PipelineModel& model, QObject* parent)
    : QGraphicsScene(parent), m_model(model), m_wireDrag(std::make_unique<WireDrag>(*this))
{
    setItemIndexMethod(NoIndex); // few items that move often
    connectModel();
    connect(this, &QGraphicsScene::selectionChanged, this, &PipelineScene::selectionToModel);
    connect(themeNotifier(), &ThemeNotifier::changed, this, [this] { update(); });
    rebuild();
}

PipelineScene::~PipelineScene()
{
    m_wireDrag->cancel();
    blockSignals(true); // the items go; nobody must look them up, and the model's current node stays
}

void PipelineScene::connectModel()
{
    connect(&m_model, &PipelineModel::reset, this, &PipelineScene::rebuild);
    connect(&m_model, &PipelineModel::nodeAdded, this, &PipelineScene::addNodeItem);
    connect(&m_model, &PipelineModel::nodeRemoved, this, &PipelineScene::removeNodeItem);
    connect(&m_model, &PipelineModel::nodeMoved, this, [this](const std::string& node) {
        if (NodeItem* item = nodeItem(node))
            item->syncPosition();
        growSceneRect();
    });
    connect(&m_model, &PipelineModel::nodeChanged, this, &PipelineScene::refreshNode);
    connect(&m_model, &PipelineModel::nodeStatusChanged, this, &PipelineScene::refreshNode);
    connect(&m_model, &PipelineModel::edgeAdded, this, &PipelineScene::addWireItem);
    connect(&m_model, &PipelineModel::edgeRemoved, this, &PipelineScene::removeWireItem);
    connect(&m_model, &PipelineModel::problemsChanged, this, &PipelineScene::refreshAll);
    connect(&m_model, &PipelineModel::currentNodeChanged, this, &PipelineScene::selectionFromModel);
}

void PipelineScene::rebuild()
{
    const QScopedValueRollback guard(m_selecting, true);
    m_wireDrag->cancel();
    m_movingNodes = false;
    m_nodes.clear(); // before clear(), which tells of the selection while items go
    m_wires.clear();
    clear();
    for (const auto& [id, node] : m_model.graph().nodes())
        addNodeItem(id);
    for (const Edge& edge : m_model.graph().edges())
        addWireItem(edge);
    growSceneRect();
}

void PipelineScene::growSceneRect()
{
    const QRectF fixed(-reach, -reach, 2 * reach, 2 * reach);
    const QRectF wanted = fixed.united(graphBounds(m_model.graph()).adjusted(-margin, -margin, margin, margin));
    if (!sceneRect().contains(wanted))
        setSceneRect(wanted);
}

void PipelineScene::addNodeItem(const std::string& node)
{
    auto* item = new NodeItem(*this, node);
    m_nodes[node] = item;
    addItem(item);
    item->syncPosition();
    item->refresh();
    growSceneRect();
}

void PipelineScene::removeNodeItem(const std::string& node)
{
    m_wireDrag->cancel();
    const auto it = m_nodes.find(node);
    if (it == m_nodes.end())
        return;
    const std::unique_ptr<NodeItem> gone(it->second);
    m_nodes.erase(it);
}

void PipelineScene::addWireItem(const Edge& edge)
{
    const Node* from = m_model.graph().node(edge.fromNode);
    const NodeType* type = from ? nodeCatalog().find(from->type) : nullptr;
    const PortSpec* port = type ? type->output(edge.fromPort) : nullptr;
    auto* wire = new WireItem(edge, port ? port->type : std::string());
    m_wires[edge] = wire;
    addItem(wire);
    wire->setToolTip(edgeText(m_model.graph(), edge));
    refreshEnds(edge);
    layWire(*wire);
}

void PipelineScene::removeWireItem(const Edge& edge)
{
    m_wireDrag->cancel();
    const auto it = m_wires.find(edge);
    if (it == m_wires.end())
        return;
    const std::unique_ptr<WireItem> gone(it->second);
    m_wires.erase(it);
    refreshEnds(edge);
}

void PipelineScene::layWire(WireItem& wire)
{
    const Edge& edge = wire.edge();
    const PortItem* from = portItem(edge.fromNode, edge.fromPort, false);
    const PortItem* to = portItem(edge.toNode, edge.toPort, true);
    if (!from || !to)
        return;
    const QPainterPath direct = directWire(from->scenePos(), to->scenePos());
    if (isAhead(from->scenePos(), to->scenePos()) && !coversNode(direct, edge))
        return wire.setCourse(direct);
    const NodeItem* target = nodeItem(edge.toNode);
    wire.setCourse(laneWire(from->scenePos(), to->scenePos(), target->rect().translated(target->pos()), wireLane(wire.portType())));
}

bool PipelineScene::coversNode(const QPainterPath& path, const Edge& edge) const
{
    const QRectF bounds = path.boundingRect().adjusted(-1, -1, 1, 1); // a level wire has no height
    return std::any_of(m_nodes.begin(), m_nodes.end(), [&](const auto& entry) {
        const QRectF rect = entry.second->rect().translated(entry.second->pos());
        return entry.first != edge.fromNode && entry.first != edge.toNode && bounds.intersects(rect) && wireTouches(path, rect);
    });
}

void PipelineScene::updateWires()
{
    for (const auto& [edge, wire] : m_wires)
        layWire(*wire);
}

void PipelineScene::refreshNode(const std::string& node)
{
    if (NodeItem* item = nodeItem(node))
        item->refresh();
    for (const auto& [edge, wire] : m_wires)
        if (edge.fromNode == node || edge.toNode == node)
            wire->setToolTip(edgeText(m_model.graph(), edge));
}

void PipelineScene::refreshEnds(const Edge& edge)
{
    refreshNode(edge.fromNode);
    refreshNode(edge.toNode);
}

void PipelineScene::refreshAll()
{
    for (const auto& [node, item] : m_nodes)
        item->refresh();
}

NodeItem* PipelineScene::nodeItem(const std::string& node) const
{
    const auto it = m_nodes.find(node);
    return it == m_nodes.end() ? nullptr : it->second;
}

std::vector<NodeItem*> PipelineScene::nodeItems() const
{
    std::vector<NodeItem*> items;
    for (const auto& [node, item] : m_nodes)
        items.push_back(item);
    return items;
}

PortItem* PipelineScene::portItem(const std::string& node, const std::string& port, bool input) const
{
    const NodeItem* item = nodeItem(node);
    return item ? item->port(port, input) : nullptr;
}

WireItem* PipelineScene::wireItem(const Edge& edge) const
{
    const auto it = m_wires.find(edge);
    return it == m_wires.end() ? nullptr : it->second;
}

} // namespace espalier
