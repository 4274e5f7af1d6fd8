// SPDX-License-Identifier: GPL-3.0-or-later
// Graph: a pipeline as data. A value: copy it to run it while the user edits on. Structure is kept sound by construction
// (wires join existing ports of equal type, an input takes one wire, no cycles); everything else is the Validator's business.
#pragma once

#include "engine/graph/NodeType.h"

#include <compare>
#include <map>
#include <string>
#include <vector>

namespace espalier {

struct Node {
    std::string id;    ///< unique in the graph; letters, digits, '_' and '-'; what --set and messages name
    std::string type;  ///< id of a NodeType, or one this version does not know (kept as it is)
    std::string title = {}; ///< what the user calls it; empty: the type's label
    double x = 0;      ///< canvas position in canvas units
    double y = 0;
    Parameters parameters = {}; ///< only those that differ from the default
    Json extra = Json::object(); ///< fields of the file that this version does not know

    bool operator==(const Node&) const = default;
};

struct Edge {
    std::string fromNode;
    std::string fromPort;
    std::string toNode;
    std::string toPort;

    auto operator<=>(const Edge&) const = default;
};

class Graph {
public:
    [[nodiscard]] const std::map<std::string, Node>& nodes() const { return m_nodes; }
    [[nodiscard]] const std::vector<Edge>& edges() const { return m_edges; } ///< sorted
    [[nodiscard]] const Node* node(std::string_view id) const;
    [[nodiscard]] std::vector<Edge> edgesOf(std::string_view nodeId) const;
    /// The wire that ends in this input, or null.
    [[nodiscard]] const Edge* edgeInto(std::string_view nodeId, std::string_view port) const;

    /// "train", "train2", ...: an id not yet taken.
    [[nodiscard]] std::string freeId(const std::string& type) const;

    Result<void> addNode(Node node);
    /// Removes the node and its wires.
    Result<void> removeNode(const std::string& id);
    Result<void> moveNode(const std::string& id, double x, double y);
    Result<void> renameNode(const std::string& id, std::string title);
    /// Sets a parameter; a value equal to the default, or null, removes the entry. The value is checked when the type is known.
    Result<void> setParameter(const std::string& id, const std::string& parameter, const Json& value);

    /// Why @p edge cannot be added now, or success. An input that is taken already is an error: disconnect first.
    [[nodiscard]] Result<void> canConnect(const Edge& edge) const;
    Result<void> connect(const Edge& edge);
    Result<void> disconnect(const Edge& edge);

    /// Every node after those it depends on; with @p target only the target and what it needs.
    [[nodiscard]] std::vector<std::string> topologicalOrder(const std::string& target = {}) const;

    bool operator==(const Graph&) const = default;

private:
    [[nodiscard]] bool reaches(const std::string& from, const std::string& to) const;
    Result<Node*> find(const std::string& id);

    std::map<std::string, Node> m_nodes;
    std::vector<Edge> m_edges;
};

/// The node's parameters with every default filled in. An unknown type gives an Unsupported error.
Result<Parameters> effectiveParameters(const Node& node);

} // namespace espalier
