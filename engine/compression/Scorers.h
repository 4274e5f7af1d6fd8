// SPDX-License-Identifier: GPL-3.0-or-later
// The scorers that need nothing but the weights.
#pragma once

#include "engine/compression/Scorer.h"

namespace espalier {

/// |w| (Han et al., "Learning both weights and connections for efficient neural networks", 2015).
Scores scoreByMagnitude(const ScoreInput& input);

/// w^2 over the sum of the squares of this and all larger weights of the tensor (Lee et al., "Layer-adaptive sparsity for the
/// magnitude-based pruning", 2021): the order in a tensor is that of |w|, but tensors of different scale compete fairly.
Scores scoreByLamp(const ScoreInput& input);

/// Uniform in [0, 1], as torch's random_unstructured draws: the baseline that every other score must beat.
Scores scoreAtRandom(const ScoreInput& input);

} // namespace espalier
