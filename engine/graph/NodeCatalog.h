// SPDX-License-Identifier: GPL-3.0-or-later
// The node types there are. To add one: a function and a line in NodeCatalog.cpp, and an adapter in engine/pipeline.
#pragma once

#include "engine/graph/NodeType.h"

namespace espalier {

const Catalog<NodeType>& nodeCatalog();
const Catalog<PortType>& portTypes();

} // namespace espalier
