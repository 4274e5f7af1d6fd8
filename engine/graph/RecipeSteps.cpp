// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/RecipeSteps.h"

#include "engine/graph/NodeCatalog.h"

namespace espalier {
namespace {

constexpr const char* packageType = "package";
constexpr double columnWidth = 240;

/// The node of @p type that takes @p node's checkpoint; empty: none.
std::string takerOf(const Graph& graph, const std::string& node, const std::string& type)
{
    for (const Edge& edge : graph.edges())
        if (edge.fromNode == node && edge.fromPort == "checkpoint" && edge.toPort == "checkpoint" && graph.node(edge.toNode)->type == type)
            return edge.toNode;
    return {};
}

Result<void> join(Graph& graph, const Edge& edge)
{
    if (const Edge* taken = graph.edgeInto(edge.toNode, edge.toPort))
        ESPALIER_CHECK(graph.disconnect(Edge(*taken))); // a copy: the original lies in the list that changes
    return graph.connect(edge);
}

/// A node that takes @p source's checkpoint and, where its type has such an input, the data that @p source had.
Result<std::string> addBehind(Graph& graph, const std::string& source, const std::string& type)
{
    ESPALIER_TRY(const NodeType* known, nodeCatalog().get(type));
    const Node from = *graph.node(source);
    const std::string id = graph.freeId(type);
    ESPALIER_CHECK(graph.addNode({.id = id, .type = type, .x = from.x + columnWidth, .y = from.y + columnWidth / 2}));
    ESPALIER_CHECK(graph.connect({source, "checkpoint", id, "checkpoint"}));
    if (const Edge* splits = graph.edgeInto(source, "splits"); splits && known->input("splits"))
        ESPALIER_CHECK(graph.connect({splits->fromNode, splits->fromPort, id, "splits"}));
    return id;
}

/// The same, and what took the checkpoint takes the new node's; a package keeps the one before to compare with.
Result<std::string> insertBehind(Graph& graph, const std::string& source, const std::string& type)
{
    const std::vector<Edge> before = graph.edges();
    ESPALIER_TRY(std::string id, addBehind(graph, source, type));
    for (const Edge& edge : before) {
        if (edge.fromNode != source || edge.fromPort != "checkpoint" || edge.toPort != "checkpoint")
            continue;
        ESPALIER_CHECK(join(graph, {id, "checkpoint", edge.toNode, edge.toPort}));
        if (graph.node(edge.toNode)->type == packageType && !graph.edgeInto(edge.toNode, "reference"))
            ESPALIER_CHECK(graph.connect({source, "checkpoint", edge.toNode, "reference"}));
    }
    return id;
}

/// Everything as the step says, but where and how fast it runs.
Result<void> setAll(Graph& graph, const std::string& node, const RecipeStep& step)
{
    for (const auto& [id, value] : step.parameters)
        ESPALIER_CHECK(graph.setParameter(node, id, value));
    for (const ParameterSpec& spec : nodeCatalog().find(step.type)->parameters)
        if (!step.parameters.contains(spec.id) && spec.id != "threads" && spec.id != "device")
            ESPALIER_CHECK(graph.setParameter(node, spec.id, nullptr));
    return {};
}

} // namespace

Result<AppliedRecipe> applyRecipe(Graph& graph, const std::string& source, const std::vector<RecipeStep>& steps)
{
    if (!graph.node(source))
        return Error{ErrorCode::NotFound, "There is no node '" + source + "'.", {}, {}};
    AppliedRecipe applied{.last = source};
    RecipeStep packaging{packageType};
    for (const RecipeStep& step : steps) {
        if (step.type == packageType) {
            packaging = step;
            continue;
        }
        std::string node = takerOf(graph, applied.last, step.type);
        if (node.empty()) {
            ESPALIER_TRY(node, insertBehind(graph, applied.last, step.type));
        }
        ESPALIER_CHECK(setAll(graph, node, step));
        applied.last = node;
    }
    applied.package = takerOf(graph, applied.last, packageType);
    if (applied.package.empty()) {
        ESPALIER_TRY(applied.package, addBehind(graph, applied.last, packageType));
    }
    for (const auto& [id, value] : packaging.parameters)
        ESPALIER_CHECK(graph.setParameter(applied.package, id, value));
    return applied;
}

} // namespace espalier
