// SPDX-License-Identifier: GPL-3.0-or-later
// LossGradients: what sentences of the training part say about each weight, for scores that ask data. This header is free of LibTorch.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/data/Dataset.h"

namespace espalier {

/// The gradient of the mean loss over all decisions (sentences, labels or words) by each prunable tensor, without dropout, over @p count
/// sentences drawn from @p seed; 0: all of them. Errors: more sentences than there are, or fewer than the model has classes; labels that
/// the model does not know.
Result<Weights> lossGradients(const Checkpoint& checkpoint, const ExampleTable& training, std::size_t count, std::uint64_t seed, RunContext& context);

/// Sets options.gradients where the score needs them, after all else about @p options was checked.
Result<void> measureWhereNeeded(PruneOptions& options, const Checkpoint& checkpoint, const Splits& splits, RunContext& context);

} // namespace espalier
