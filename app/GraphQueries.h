// SPDX-License-Identifier: GPL-3.0-or-later
// Questions about a pipeline that the places ask: which node makes checkpoints, what a package is made of.
#pragma once

#include "engine/graph/Graph.h"

#include <string>
#include <vector>

namespace espalier {

/// Nodes of @p type in pipeline order.
std::vector<std::string> nodesOfType(const Graph& graph, const std::string& type);
/// Nodes with an output of the port type @p portType in pipeline order.
std::vector<std::string> nodesThatMake(const Graph& graph, const std::string& portType);
/// Whether @p node makes a dataset or splits: rows to look at.
bool makesData(const Node& node);
/// The first Package node; empty when there is none.
std::string packageNode(const Graph& graph);
/// The node whose checkpoint goes into @p node; empty when none does.
std::string checkpointInto(const Graph& graph, const std::string& node);
/// The node of @p type that takes @p node's checkpoint; empty when there is none.
std::string nodeBehind(const Graph& graph, const std::string& node, const std::string& type);
/// The Prune node that takes @p node's checkpoint; empty when there is none.
std::string pruneBehind(const Graph& graph, const std::string& node);

} // namespace espalier
