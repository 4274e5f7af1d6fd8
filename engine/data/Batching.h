// SPDX-License-Identifier: GPL-3.0-or-later
// Batching: groups sentences of similar length, so that little of a batch is padding.
#pragma once

#include "engine/core/Random.h"

#include <cstdint>
#include <vector>

namespace espalier {

/// Indices of the sentences of each batch.
using IndexBatches = std::vector<std::vector<std::size_t>>;

/// For training: every index once, in an order drawn from @p random. Sentences are shuffled, sorted by length within chunks of
/// 50 batches, cut into batches of @p batchSize (at least 1; the last may be smaller), and the batches shuffled.
IndexBatches shuffledBatches(const std::vector<std::size_t>& lengths, std::size_t batchSize, Random& random);

/// For evaluation: every index once, by length; always the same for the same input.
IndexBatches sortedBatches(const std::vector<std::size_t>& lengths, std::size_t batchSize);

} // namespace espalier
