// SPDX-License-Identifier: GPL-3.0-or-later
// The node types that make a checkpoint smaller; NodeCatalog.cpp lists them.
#pragma once

#include "engine/graph/NodeType.h"

namespace espalier::nodes {

NodeType prune();
NodeType shrink();
NodeType vocabulary();
NodeType distil();
NodeType quantize();

} // namespace espalier::nodes
