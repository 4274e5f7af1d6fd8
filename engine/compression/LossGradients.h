// SPDX-License-Identifier: GPL-3.0-or-later
// What sentences of the training part say about each weight, for scores that ask data. This header is free of LibTorch.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/data/Dataset.h"

#include <functional>

namespace espalier {

/// The gradient of the mean loss over all decisions (sentences, labels or words) by each prunable tensor, without dropout, over @p count
/// sentences drawn from @p seed; 0: all of them. Errors: more sentences than there are, or fewer than the model has classes; labels that
/// the model does not know.
Result<Weights> lossGradients(const Checkpoint& checkpoint, const ExampleTable& training, std::size_t count, std::uint64_t seed, RunContext& context);

struct GradientRequest {
    std::vector<std::string> tensors; ///< any parameters of the model
    std::size_t sentences = 0;        ///< drawn from seed; 0: all
    std::uint64_t seed = 1;
};

/// Calls @p take once for each batch of at most 64 of those sentences, with the gradient of its mean loss. Errors as lossGradients().
Result<void> forEachBatchGradient(const Checkpoint& checkpoint, const ExampleTable& training, const GradientRequest& request,
                                  const std::function<void(const Weights& gradients)>& take, RunContext& context);

/// The L2 norm, over the same sentences, of what each weight of each prunable tensor is multiplied with: as Measurement::InputNorms. Errors as above.
Result<Weights> inputNorms(const Checkpoint& checkpoint, const ExampleTable& training, std::size_t count, std::uint64_t seed, RunContext& context);

/// The empirical Fisher matrix of each prunable tensor by blocks (FisherBlocks.h), damped. The sentences are cut into options.fisherGradients parts, or one a
/// sentence where that is fewer; each gives the gradient of its mean loss. Errors as above, and blocks that take more than half of the machine's memory:
/// (options.fisherBlock + 1) x 2 bytes a weight.
Result<Weights> fisherBlocks(const Checkpoint& checkpoint, const ExampleTable& training, const PruneOptions& options, RunContext& context);

/// Sets options.measured where the score needs it, after all else about @p options was checked. An error for a score that only training measures.
Result<void> measureWhereNeeded(PruneOptions& options, const Checkpoint& checkpoint, const Splits& splits, RunContext& context);

} // namespace espalier
