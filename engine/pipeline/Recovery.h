// SPDX-License-Identifier: GPL-3.0-or-later
// What Prune, Shrink and Quantize do to win accuracy back: nothing, training on, with the model before as the teacher, or pruning little by little meanwhile.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/pipeline/NodeAdapter.h"
#include "engine/training/TrainingObjective.h"

namespace espalier {

/// The node's checkpoint, pruned as @p options say and recovered as its parameters do. What the score asks of data is measured first and, while weights go
/// gradually, again every epoch, which takes about half as long as training it. Errors in the parameters come before any work.
Result<Checkpoint> pruneAndRecover(const StageInputs& inputs, PruneOptions options, RunContext& context);

/// The node's checkpoint as a teacher, where its recovery has one; null otherwise. Errors in the parameters, before any work.
Result<std::unique_ptr<TrainingObjective>> recoveryTeacher(const StageInputs& inputs);

/// @p shrunk, which was made of the node's checkpoint, recovered as the node's parameters say. @p teacher: recoveryTeacher()'s.
Result<Checkpoint> recoverShrunk(const StageInputs& inputs, Checkpoint shrunk, TrainingObjective* teacher, RunContext& context);

/// The node's checkpoint, rounded by @p scheme and recovered as its parameters say.
Result<Checkpoint> quantizeAndRecover(const StageInputs& inputs, const QuantizationScheme& scheme, RunContext& context);

} // namespace espalier
