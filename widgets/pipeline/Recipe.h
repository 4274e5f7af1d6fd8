// SPDX-License-Identifier: GPL-3.0-or-later
// What a node's result depends on, as the graph tells it: its type, parameters and everything upstream. Titles and
// positions are no part of it. Whether a file's content changed is known to the engine only.
#pragma once

#include "engine/graph/Graph.h"

namespace espalier {

/// Equal texts: the node would give the same result. Empty for a node that is not there.
std::string recipe(const Graph& graph, const std::string& node);

} // namespace espalier
