// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes, wires and problems are called on the screen, in the user's language; canvas, outline, inspector and
// problems list all say the same.
#pragma once

#include "engine/graph/Validator.h"

#include <QString>

namespace espalier {

/// The user's title, else the type's label, else the type's id.
QString nodeTitle(const Node& node);
/// The node's title by id; the id itself where there is no such node.
QString nodeTitle(const Graph& graph, const std::string& id);
/// Label of the type; "Unknown: id" for one that this version does not know.
QString nodeTypeLabel(const std::string& type);
/// The node's first parameter as one short line: "Epochs: 20", "train.tsv".
QString nodeSummary(const Node& node);
/// @p value of @p spec as people read it, with its unit.
QString parameterText(const ParameterSpec& spec, const Json& value);

/// Label of a port of a node; the port's id where the type is unknown.
QString portLabel(const Node& node, const std::string& port, bool input);
QString portTypeLabel(const std::string& portType);
/// "Split → Train: Splits".
QString edgeText(const Graph& graph, const Edge& edge);

/// Why @p edge cannot be drawn, in the user's language; empty when it can. A taken input is no reason: its wire is replaced.
QString connectRefusal(const Graph& graph, const Edge& edge);

/// Message and remedy in the user's language; the engine's English where it is of a kind not known here.
QString problemText(const Graph& graph, const Problem& problem);
QString problemRemedy(const Graph& graph, const Problem& problem);

} // namespace espalier
