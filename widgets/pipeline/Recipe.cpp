// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/Recipe.h"

namespace espalier {

std::string recipe(const Graph& graph, const std::string& node)
{
    if (!graph.node(node))
        return {};
    const auto order = graph.topologicalOrder(node);
    Json steps = Json::array();
    for (const std::string& id : order)
        steps.push_back({id, graph.node(id)->type, graph.node(id)->parameters});
    Json wires = Json::array();
    for (const std::string& id : order)
        for (const Edge& edge : graph.edges())
            if (edge.toNode == id)
                wires.push_back({edge.fromNode, edge.fromPort, edge.toNode, edge.toPort});
    return dumpJson({steps, wires});
}

} // namespace espalier
