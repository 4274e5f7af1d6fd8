// SPDX-License-Identifier: GPL-3.0-or-later
// Unstructured magnitude pruning: score (|w|), allocate (layer-wise or global), mask. Semantics as torch.nn.utils.prune's
// l1_unstructured and global_unstructured: amount = round(sparsity x weights) elements of the smallest magnitude. Masks are
// values beside the weights; nothing here trains.
#pragma once

#include "engine/reports/CompressionReport.h"
#include "engine/training/Checkpoint.h"

namespace espalier {

struct PruneOptions {
    std::string method = "layerwise"; ///< "layerwise": the same share of every tensor; "global": one ranking over all tensors in scope
    double sparsity = 0.5;            ///< 0 to 0.999, share of the weights in scope that become zero
    /// "own": embeddings lose the same share, ranked among themselves; "none": they stay dense; "pooled": ranked with the rest
    /// (with "global" this empties convolutions first, see DESIGN 6, and is warned about).
    std::string embeddings = "own";
};

struct PruneOutcome {
    Masks masks;
    std::vector<LayerSparsity> layers;
    std::vector<std::string> warnings; ///< a tensor that keeps less than 1 % of its weights, or nothing
};

/// Errors: unknown method, sparsity out of range, nothing to prune.
Result<PruneOutcome> computeMasks(const Checkpoint& checkpoint, const PruneOptions& options);

/// @p checkpoint with the masks set and applied to its weights; history is kept.
Result<Checkpoint> prune(const Checkpoint& checkpoint, const PruneOptions& options, PruneOutcome* outcome = nullptr);

/// What the slider shows while the hand moves: kept weights per layer and an estimated package size for 0 to 99 %.
/// @p precision is "fp32" or "int8". options.sparsity is ignored.
Result<SparsityProfile> sparsityProfile(const Checkpoint& checkpoint, const PruneOptions& options, const std::string& precision, RunContext& context);

} // namespace espalier
