// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/GraphQueries.h"

#include "engine/graph/NodeCatalog.h"

#include <algorithm>

namespace espalier {

std::vector<std::string> nodesOfType(const Graph& graph, const std::string& type)
{
    std::vector<std::string> found = graph.topologicalOrder();
    std::erase_if(found, [&](const std::string& id) { return graph.node(id)->type != type; });
    return found;
}

std::vector<std::string> nodesThatMake(const Graph& graph, const std::string& portType)
{
    std::vector<std::string> found = graph.topologicalOrder();
    std::erase_if(found, [&](const std::string& id) {
        const NodeType* type = nodeCatalog().find(graph.node(id)->type);
        return !type || std::none_of(type->outputs.begin(), type->outputs.end(), [&](const PortSpec& port) { return port.type == portType; });
    });
    return found;
}

bool makesData(const Node& node)
{
    const NodeType* type = nodeCatalog().find(node.type);
    return type && std::any_of(type->outputs.begin(), type->outputs.end(), [](const PortSpec& port) { return port.type == "dataset" || port.type == "splits"; });
}

std::string packageNode(const Graph& graph)
{
    const auto found = nodesOfType(graph, "package");
    return found.empty() ? std::string() : found.front();
}

std::string checkpointInto(const Graph& graph, const std::string& node)
{
    const Edge* edge = graph.edgeInto(node, "checkpoint");
    return edge ? edge->fromNode : std::string();
}

std::string nodeBehind(const Graph& graph, const std::string& node, const std::string& type)
{
    for (const Edge& edge : graph.edges())
        if (edge.fromNode == node && edge.toPort == "checkpoint" && graph.node(edge.toNode)->type == type)
            return edge.toNode;
    return {};
}

std::string pruneBehind(const Graph& graph, const std::string& node)
{
    return nodeBehind(graph, node, "prune");
}

} // namespace espalier
