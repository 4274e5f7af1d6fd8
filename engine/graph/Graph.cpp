// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/Graph.h"

#include "engine/graph/NodeCatalog.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace espalier {
namespace {

bool validId(const std::string& id)
{
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

Error refuse(std::string detail, std::string remedy = {})
{
    return {ErrorCode::InvalidArgument, std::move(detail), std::move(remedy), {}};
}

std::string endpoint(const std::string& node, const std::string& port)
{
    return "'" + node + "." + port + "'";
}

/// A port of a type this version does not know is accepted: the file came from a newer version and must survive.
Result<void> checkPorts(const Node& from, const Node& to, const Edge& edge)
{
    const NodeType* fromType = nodeCatalog().find(from.type);
    const NodeType* toType = nodeCatalog().find(to.type);
    const PortSpec* output = fromType ? fromType->output(edge.fromPort) : nullptr;
    const PortSpec* input = toType ? toType->input(edge.toPort) : nullptr;
    if (fromType && !output)
        return refuse("'" + from.id + "' (" + fromType->label + ") has no output '" + edge.fromPort + "'.");
    if (toType && !input)
        return refuse("'" + to.id + "' (" + toType->label + ") has no input '" + edge.toPort + "'.");
    if (output && input && output->type != input->type)
        return refuse(endpoint(edge.fromNode, edge.fromPort) + " gives a " + output->type + ", but " + endpoint(edge.toNode, edge.toPort) + " takes a " +
                          input->type + ".",
                      "Join ports of the same shape and colour.");
    return {};
}

} // namespace

const Node* Graph::node(std::string_view id) const
{
    const auto it = m_nodes.find(std::string(id));
    return it == m_nodes.end() ? nullptr : &it->second;
}

Result<Node*> Graph::find(const std::string& id)
{
    const auto it = m_nodes.find(id);
    if (it == m_nodes.end())
        return Error{ErrorCode::NotFound, "There is no node '" + id + "'.", {}, {}};
    return &it->second;
}

std::vector<Edge> Graph::edgesOf(std::string_view nodeId) const
{
    std::vector<Edge> found;
    std::copy_if(m_edges.begin(), m_edges.end(), std::back_inserter(found),
                 [&](const Edge& edge) { return edge.fromNode == nodeId || edge.toNode == nodeId; });
    return found;
}

const Edge* Graph::edgeInto(std::string_view nodeId, std::string_view port) const
{
    const auto it = std::find_if(m_edges.begin(), m_edges.end(), [&](const Edge& edge) { return edge.toNode == nodeId && edge.toPort == port; });
    return it == m_edges.end() ? nullptr : &*it;
}

std::string Graph::freeId(const std::string& type) const
{
    std::string base = validId(type) ? type : "node";
    std::string id = base;
    for (int number = 2; m_nodes.contains(id); ++number)
        id = base + std::to_string(number);
    return id;
}

Result<void> Graph::addNode(Node node)
{
    if (!validId(node.id))
        return refuse("'" + node.id + "' cannot name a node.", "Use letters, digits, '_' and '-', at most 64.");
    if (m_nodes.contains(node.id))
        return refuse("There are two nodes called '" + node.id + "'.", "Give one of them another id.");
    if (!std::isfinite(node.x) || !std::isfinite(node.y))
        return refuse("The position of node '" + node.id + "' is not a number.");
    const std::string id = node.id;
    m_nodes.emplace(id, std::move(node));
    return {};
}

Result<void> Graph::removeNode(const std::string& id)
{
    ESPALIER_CHECK(find(id));
    std::erase_if(m_edges, [&](const Edge& edge) { return edge.fromNode == id || edge.toNode == id; });
    m_nodes.erase(id);
    return {};
}

Result<void> Graph::moveNode(const std::string& id, double x, double y)
{
    ESPALIER_TRY(Node * node, find(id));
    node->x = x;
    node->y = y;
    return {};
}

Result<void> Graph::renameNode(const std::string& id, std::string title)
{
    ESPALIER_TRY(Node * node, find(id));
    node->title = std::move(title);
    return {};
}

Result<void> Graph::setParameter(const std::string& id, const std::string& parameter, const Json& value)
{
    ESPALIER_TRY(Node * node, find(id));
    const NodeType* type = nodeCatalog().find(node->type);
    if (value.is_null()) {
        node->parameters.erase(parameter);
        return {};
    }
    if (!type) {
        node->parameters[parameter] = value;
        return {};
    }
    const ParameterSpec* spec = type->parameter(parameter);
    if (!spec)
        return completeParameters(type->parameters, {{parameter, value}}).error().within("node '" + id + "'");
    ParameterSpec relaxed = *spec; // an emptied field is for the Validator to complain about, not a reason to refuse the edit
    relaxed.required = false;
    const auto checked = checkParameter(relaxed, value);
    if (!checked)
        return checked.error().within("node '" + id + "'");
    if (*checked == spec->fallback)
        node->parameters.erase(parameter);
    else
        node->parameters[parameter] = *checked;
    return {};
}

bool Graph::reaches(const std::string& from, const std::string& to) const
{
    std::vector<std::string> open{from};
    std::set<std::string> seen;
    while (!open.empty()) {
        const std::string current = open.back();
        open.pop_back();
        if (current == to)
            return true;
        if (!seen.insert(current).second)
            continue;
        for (const Edge& edge : m_edges)
            if (edge.fromNode == current)
                open.push_back(edge.toNode);
    }
    return false;
}

Result<void> Graph::canConnect(const Edge& edge) const
{
    const Node* from = node(edge.fromNode);
    const Node* to = node(edge.toNode);
    if (!from || !to)
        return Error{ErrorCode::NotFound, "There is no node '" + (from ? edge.toNode : edge.fromNode) + "'.", {}, {}};
    ESPALIER_CHECK(checkPorts(*from, *to, edge));
    if (edgeInto(edge.toNode, edge.toPort))
        return refuse("The input " + endpoint(edge.toNode, edge.toPort) + " has a wire already.", "Remove that wire first.");
    if (reaches(edge.toNode, edge.fromNode))
        return refuse("A wire from " + endpoint(edge.fromNode, edge.fromPort) + " to " + endpoint(edge.toNode, edge.toPort) + " would close a circle.");
    return {};
}

Result<void> Graph::connect(const Edge& edge)
{
    ESPALIER_CHECK(canConnect(edge));
    m_edges.insert(std::upper_bound(m_edges.begin(), m_edges.end(), edge), edge);
    return {};
}

Result<void> Graph::disconnect(const Edge& edge)
{
    if (std::erase(m_edges, edge) == 0)
        return Error{ErrorCode::NotFound, "There is no wire from " + endpoint(edge.fromNode, edge.fromPort) + " to " + endpoint(edge.toNode, edge.toPort) + ".", {}, {}};
    return {};
}

std::vector<std::string> Graph::topologicalOrder(const std::string& target) const
{
    std::map<std::string, int> waiting; // node -> inputs not yet placed
    for (const auto& [id, node] : m_nodes)
        if (target.empty() || reaches(id, target))
            waiting[id] = 0;
    for (const Edge& edge : m_edges)
        if (waiting.contains(edge.fromNode) && waiting.contains(edge.toNode))
            ++waiting[edge.toNode];
    std::set<std::string> ready; // ordered, so that the order is the same every time
    for (const auto& [id, count] : waiting)
        if (count == 0)
            ready.insert(id);
    std::vector<std::string> order;
    while (!ready.empty()) {
        const std::string id = *ready.begin();
        ready.erase(ready.begin());
        order.push_back(id);
        for (const Edge& edge : m_edges)
            if (edge.fromNode == id && waiting.contains(edge.toNode) && --waiting[edge.toNode] == 0)
                ready.insert(edge.toNode);
    }
    return order;
}

Result<Parameters> effectiveParameters(const Node& node)
{
    const NodeType* type = nodeCatalog().find(node.type);
    if (!type)
        return Error{ErrorCode::Unsupported, "Node '" + node.id + "' has the type '" + node.type + "', which this version does not know.",
                     "Open the project with the version that made it, or remove the node.", {}};
    auto complete = completeParameters(type->parameters, node.parameters);
    return complete ? complete : complete.error().within("node '" + node.id + "'");
}

} // namespace espalier
