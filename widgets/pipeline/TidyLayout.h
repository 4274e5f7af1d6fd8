// SPDX-License-Identifier: GPL-3.0-or-later
// Where "Tidy up" puts the nodes: columns by depth (Sugiyama's layering), each ordered by the mean place of its
// neighbours so that few wires cross. A long pipeline goes on in a further band below, like text, to be legible at once.
#pragma once

#include "engine/graph/Graph.h"

#include <QPointF>

namespace espalier {

/// A position on the grid for every node. The whole keeps its top-left corner. The same graph gives the same layout.
std::map<std::string, QPointF> tidyLayout(const Graph& graph);

/// Gives the nodes these positions where all stand on one spot, as in a project written by hand or by a program.
void layOutHeap(Graph& graph);

} // namespace espalier
