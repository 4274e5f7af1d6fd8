// SPDX-License-Identifier: GPL-3.0-or-later
// What the scores of the catalogue are made of.
#pragma once

#include "engine/compression/Scorer.h"

namespace espalier {

/// |w| (Han et al., "Learning both weights and connections for efficient neural networks", 2015).
Scores scoreByMagnitude(const ScoreInput& input);

/// w^2 over the sum of the squares of this and all larger weights of the tensor (Lee et al., "Layer-adaptive sparsity for the
/// magnitude-based pruning", 2021): the order in a tensor is that of |w|, but tensors of different scale compete fairly.
Scores scoreByLamp(const ScoreInput& input);

/// |w x gradient|: how much the loss changes, to the first order, when w becomes zero (Molchanov et al., "Importance estimation for neural
/// network pruning", 2019).
Scores scoreByTaylor(const ScoreInput& input);

/// |w| x the L2 norm of its input over the calibration sentences (Sun et al., "A simple and effective pruning approach for large language models", 2023),
/// to be compared within an output: the weights of a row; of a filter, over all its inputs and taps; of a gate of a recurrent layer, those of the input and
/// those of the state apart, as they are two tensors. A token's row in an embedding is multiplied with 1 wherever the token stands, so its norm is the root
/// of the token's count, and an output is a column.
Scores scoreByWanda(const ScoreInput& input);

/// What was measured: the less training moved a weight away from zero, the sooner it falls (Sanh, Wolf and Rush, "Movement pruning", 2020). Measured with
/// one constant added for all tensors, so that nothing is negative.
Scores scoreByMovement(const ScoreInput& input);

/// Uniform in [0, 1], as torch's random_unstructured draws: the baseline that every other score must beat.
Scores scoreAtRandom(const ScoreInput& input);

} // namespace espalier
