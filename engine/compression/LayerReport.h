// SPDX-License-Identifier: GPL-3.0-or-later
// How sparse each prunable layer of a checkpoint is, whatever made it so.
#pragma once

#include "engine/compression/Pruning.h"

namespace espalier {

/// One entry a prunable tensor, from the checkpoint's masks; all prunable. Empty when the architecture has none.
std::vector<LayerSparsity> layerSparsities(const Checkpoint& checkpoint);

} // namespace espalier
