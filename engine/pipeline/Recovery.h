// SPDX-License-Identifier: GPL-3.0-or-later
// What the Prune node does to win accuracy back: nothing, training on under the mask, with the model before pruning as the teacher, or pruning little by little
// meanwhile.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/pipeline/NodeAdapter.h"

namespace espalier {

/// The node's checkpoint, pruned as @p options say and recovered as its parameters do. Errors in the parameters come before any work.
Result<Checkpoint> pruneAndRecover(const StageInputs& inputs, const PruneOptions& options, RunContext& context);

} // namespace espalier
