// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodeGeometry.h"

#include "engine/graph/NodeCatalog.h"

#include <cmath>
#include <set>

namespace espalier {
namespace {

std::vector<PortSpec> portsNamedByWires(const Graph& graph, const std::string& node, bool input)
{
    std::set<std::string> names;
    for (const Edge& edge : graph.edgesOf(node))
        if (input ? edge.toNode == node : edge.fromNode == node)
            names.insert(input ? edge.toPort : edge.fromPort);
    std::vector<PortSpec> ports;
    for (const std::string& name : names)
        ports.push_back({.id = name, .label = name, .type = {}, .required = false});
    return ports;
}

} // namespace

QPointF snapToGrid(const QPointF& point)
{
    return {std::round(point.x() / canvasGrid) * canvasGrid, std::round(point.y() / canvasGrid) * canvasGrid};
}

std::vector<PortSpec> inputsOf(const Graph& graph, const Node& node)
{
    const NodeType* type = nodeCatalog().find(node.type);
    return type ? type->inputs : portsNamedByWires(graph, node.id, true);
}

std::vector<PortSpec> outputsOf(const Graph& graph, const Node& node)
{
    const NodeType* type = nodeCatalog().find(node.type);
    return type ? type->outputs : portsNamedByWires(graph, node.id, false);
}

double nodeHeight(std::size_t inputs, std::size_t outputs)
{
    return headerHeight + portRowHeight * static_cast<double>(std::max<std::size_t>({inputs, outputs, 1})) + summaryHeight + canvasGrid;
}

QPointF portPosition(std::size_t index, bool input)
{
    return {input ? 0 : nodeWidth, headerHeight + canvasGrid / 2 + portRowHeight * (static_cast<double>(index) + 0.5)};
}

QRectF nodeRect(const Graph& graph, const Node& node)
{
    return {node.x, node.y, nodeWidth, nodeHeight(inputsOf(graph, node).size(), outputsOf(graph, node).size())};
}

QRectF graphBounds(const Graph& graph)
{
    QRectF bounds;
    for (const auto& [id, node] : graph.nodes())
        bounds = bounds.isNull() ? nodeRect(graph, node) : bounds.united(nodeRect(graph, node));
    return bounds;
}

} // namespace espalier
