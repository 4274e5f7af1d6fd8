// SPDX-License-Identifier: GPL-3.0-or-later
// The node types that read and prepare data; NodeCatalog.cpp lists them.
#pragma once

#include "engine/graph/NodeType.h"

namespace espalier::nodes {

NodeType dataset();
NodeType clean();
NodeType deduplicate();
NodeType filter();
NodeType split();
NodeType check();
NodeType balance();

} // namespace espalier::nodes
