// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/CanvasMenus.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/CanvasActions.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/pipeline/PipelineScene.h"
#include "widgets/pipeline/PipelineView.h"
#include "widgets/style/CatalogText.h"
#include "widgets/style/PortStyle.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QMenu>

namespace espalier {
namespace {

QString phrase(const char* english)
{
    return QCoreApplication::translate("CanvasMenus", english);
}

QMenu* newMenu(PipelineView& view)
{
    auto* menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

std::string typeOf(const Graph& graph, const Edge& half)
{
    const bool fromOutput = half.toNode.empty();
    const Node* node = graph.node(fromOutput ? half.fromNode : half.toNode);
    const NodeType* type = node ? nodeCatalog().find(node->type) : nullptr;
    const PortSpec* port = !type ? nullptr : fromOutput ? type->output(half.fromPort) : type->input(half.toPort);
    return port ? port->type : std::string();
}

/// The first port of @p type that carries @p portType on the side that @p half lacks.
const PortSpec* fittingPort(const NodeType& type, const Edge& half, const std::string& portType)
{
    const auto& ports = half.toNode.empty() ? type.inputs : type.outputs;
    const auto it = std::find_if(ports.begin(), ports.end(), [&](const PortSpec& port) { return port.type == portType; });
    return it == ports.end() ? nullptr : &*it;
}

void addConnected(PipelineView& view, const std::string& type, Edge half, const std::string& port, const QPointF& at)
{
    const bool fromOutput = half.toNode.empty();
    (fromOutput ? half.toPort : half.fromPort) = port;
    const QPointF corner = at - QPointF(fromOutput ? 0 : nodeWidth, portPosition(0, true).y());
    if (const std::string node = view.model().addConnectedNode(type, corner, half); !node.empty())
        view.model().setCurrentNode(node);
}

QString wireLabel(const Graph& graph, const Edge& edge, const std::string& node)
{
    const bool out = edge.fromNode == node;
    const Node* here = graph.node(node);
    const std::string& other = out ? edge.toNode : edge.fromNode;
    const Node* there = graph.node(other);
    return (out ? phrase("%1 → %2: %3") : phrase("%1 ← %2: %3"))
        .arg(portLabel(*here, out ? edge.fromPort : edge.toPort, !out), nodeTitle(*there), portLabel(*there, out ? edge.toPort : edge.fromPort, out));
}

void addWiresBetween(const Graph& graph, const Node& from, const Node& to, std::vector<Edge>& wires)
{
    for (const PortSpec& output : outputsOf(graph, from))
        for (const PortSpec& input : inputsOf(graph, to))
            if (const Edge edge{from.id, output.id, to.id, input.id}; graph.canConnect(edge))
                wires.push_back(edge);
}

} // namespace

std::vector<Edge> possibleWires(const Graph& graph, const std::string& node)
{
    std::vector<Edge> wires;
    const Node* here = graph.node(node);
    if (!here)
        return wires;
    for (const auto& [id, other] : graph.nodes()) {
        if (id == node)
            continue;
        addWiresBetween(graph, *here, other, wires);
        addWiresBetween(graph, other, *here, wires);
    }
    return wires;
}

void addConnectMenu(QMenu& menu, PipelineModel& model, const std::string& node)
{
    const auto wires = possibleWires(model.graph(), node);
    if (wires.empty())
        return;
    QMenu* submenu = menu.addMenu(phrase("C&onnect"));
    for (const Edge& edge : wires) {
        QAction* action = submenu->addAction(portIcon(typeOf(model.graph(), {edge.fromNode, edge.fromPort, {}, {}})), wireLabel(model.graph(), edge, node));
        QObject::connect(action, &QAction::triggered, &model, [&model, edge] { model.connectPorts(edge); });
    }
}

void popUpCanvasMenu(PipelineView& view, const QPoint& screen)
{
    QMenu* menu = newMenu(view);
    const CanvasActions& actions = view.actions();
    actions.paste->setEnabled(view.model().canPaste());
    if (view.scene().selectedItems().isEmpty()) {
        menu->addActions({actions.paste, actions.selectAll, actions.tidyUp, actions.fit});
    } else if (view.scene().selectedNodes().empty()) {
        menu->addAction(actions.remove);
    } else {
        menu->addAction(actions.runToHere);
        menu->addSeparator();
        addConnectMenu(*menu, view.model(), view.model().currentNode());
        menu->addActions({actions.rename, actions.duplicate, actions.cut, actions.copy});
        menu->addSeparator();
        menu->addAction(actions.remove);
    }
    QObject::connect(menu, &QMenu::aboutToHide, &view, [&actions] { actions.paste->setEnabled(true); });
    menu->popup(screen);
}

void popUpFittingTypes(PipelineView& view, const Edge& half, const QPointF& scenePos, const QPoint& screen)
{
    const std::string portType = typeOf(view.model().graph(), half);
    QMenu* menu = newMenu(view);
    for (const NodeType& type : nodeCatalog().members()) {
        const PortSpec* port = fittingPort(type, half, portType);
        if (!port)
            continue;
        QAction* action = menu->addAction(portIcon(portType), catalogText(type.label));
        action->setToolTip(catalogText(type.help));
        QObject::connect(action, &QAction::triggered, &view,
                         [&view, half, scenePos, id = type.id, portId = port->id] { addConnected(view, id, half, portId, scenePos); });
    }
    if (menu->isEmpty())
        menu->addAction(phrase("No node takes “%1”").arg(portTypeLabel(portType)))->setEnabled(false);
    menu->popup(screen);
}

} // namespace espalier
