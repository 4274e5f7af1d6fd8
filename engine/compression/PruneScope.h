// SPDX-License-Identifier: GPL-3.0-or-later
// PruneScope: which tensors of a model the options let be pruned, and how they are pooled.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/compression/Ranking.h"

namespace espalier {

struct ScopePool {
    RankingPool tensors;
    std::optional<double> ownSparsity{}; ///< in place of the options' amount
};

struct PruneScope {
    std::vector<PrunableTensor> inScope;
    std::vector<ScopePool> pools; ///< of inScope
    Ranker ranker;

    /// What the options ask of @p pool.
    [[nodiscard]] static Amount amountOf(const ScopePool& pool, const PruneOptions& options);
};

/// Valid as long as what the options measured. Errors: unknown method, score, pattern, layer or treatment of embeddings; a layer's sparsity out of range, or of a layer that is
/// excluded; nothing to prune.
Result<PruneScope> pruneScope(const std::vector<PrunableTensor>& tensors, const PruneOptions& options);

/// One entry a tensor of @p tensors, all of it kept unless @p masks says otherwise.
Result<std::vector<LayerSparsity>> describeLayers(const Weights& weights, const Masks& masks, const std::vector<PrunableTensor>& tensors,
                                                  const std::vector<PrunableTensor>& inScope);

/// The prunable tensors of @p model, from the model catalogue.
Result<std::vector<PrunableTensor>> prunableTensors(const ModelSpec& model);

} // namespace espalier
