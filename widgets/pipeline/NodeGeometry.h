// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes on the canvas, in canvas units, all on the 8-pixel grid: how large a node is and where its ports stand. The
// layout, the items and the tests agree through this.
#pragma once

#include "engine/graph/Graph.h"

#include <QPointF>
#include <QRectF>

namespace espalier {

inline constexpr double canvasGrid = 8;
inline constexpr double nodeWidth = 184;
inline constexpr double headerHeight = 32;
inline constexpr double portRowHeight = 24;
inline constexpr double summaryHeight = 24;
inline constexpr double portRadius = 6;

QPointF snapToGrid(const QPointF& point);

/// The node's ports: its type's, or for an unknown type those that wires name.
std::vector<PortSpec> inputsOf(const Graph& graph, const Node& node);
std::vector<PortSpec> outputsOf(const Graph& graph, const Node& node);

double nodeHeight(std::size_t inputs, std::size_t outputs);
/// Centre of port @p index, relative to the node's top-left corner.
QPointF portPosition(std::size_t index, bool input);
/// On the canvas.
QRectF nodeRect(const Graph& graph, const Node& node);
/// All nodes together; empty rect at the origin for an empty graph.
QRectF graphBounds(const Graph& graph);

} // namespace espalier
