// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/PruneScope.h"

#include <cstdio>

namespace espalier {

namespace {

constexpr double warnBelowKept = 0.01;

Result<void> checkSparsity(double sparsity)
{
    if (sparsity >= 0 && sparsity <= 1)
        return {};
    return Error{ErrorCode::InvalidArgument, "The sparsity is " + std::to_string(sparsity) + ".", "Use a share from 0 to 1."};
}

/// Adds the masks of one pool to @p masks, over what was there.
Result<void> maskPool(const Weights& weights, const Masks& existing, const RankingPool& pool, const Ranker& ranker, const Amount& amount, Masks& masks)
{
    ESPALIER_TRY(PoolRanking ranking, PoolRanking::create(weights, existing, pool, ranker));
    ESPALIER_TRY(const std::size_t pruned, ranking.pruned(amount));
    auto kept = ranking.steps({pruned}); // of one cut: 0 where it prunes, else 1
    for (std::size_t i = 0; i < pool.size(); ++i)
        masks[pool[i]] = std::move(kept[i]);
    return {};
}

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", share * 100);
    return text;
}

void warnEmptied(const std::vector<LayerSparsity>& layers, std::vector<std::string>& warnings)
{
    for (const auto& layer : layers) {
        if (!layer.prunable || layer.weights == 0)
            continue;
        const double kept = static_cast<double>(layer.kept) / static_cast<double>(layer.weights);
        if (layer.kept == 0)
            warnings.push_back("Layer '" + layer.name + "' keeps none of its " + std::to_string(layer.weights) + " weights.");
        else if (kept < warnBelowKept)
            warnings.push_back("Layer '" + layer.name + "' keeps " + percent(kept) + " of its weights (" + std::to_string(layer.kept) + " of " +
                               std::to_string(layer.weights) + ").");
    }
}

/// Embeddings start with far larger values than other layers, so that in one pool the others vanish first.
void warnCrowdedOut(const std::vector<LayerSparsity>& layers, const std::vector<PrunableTensor>& tensors, std::vector<std::string>& warnings)
{
    double kept[2] = {0, 0};
    double weights[2] = {0, 0};
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const int side = tensors[i].group == "embedding" ? 0 : 1;
        kept[side] += static_cast<double>(layers[i].kept);
        weights[side] += static_cast<double>(layers[i].weights);
    }
    if (weights[0] == 0 || weights[1] == 0 || kept[1] / weights[1] >= 0.5 * kept[0] / weights[0])
        return;
    warnings.push_back("Embeddings crowd the other layers out: they keep " + percent(kept[0] / weights[0]) + " of their weights, the others " +
                       percent(kept[1] / weights[1]) + ". Rank embeddings among themselves.");
}

} // namespace

Result<PruneOutcome> computeMasks(const Weights& weights, const Masks& existing, const std::vector<PrunableTensor>& tensors,
                                  const PruneOptions& options)
{
    ESPALIER_CHECK(checkSparsity(options.sparsity));
    ESPALIER_TRY(const PruneScope scope, pruneScope(tensors, options));
    PruneOutcome outcome;
    outcome.masks = existing;
    for (const auto& pool : scope.pools)
        ESPALIER_CHECK(maskPool(weights, existing, pool, scope.ranker, {options.sparsity, options.count, options.ofRemaining}, outcome.masks));
    ESPALIER_TRY(outcome.layers, describeLayers(weights, outcome.masks, tensors, scope.inScope));
    warnEmptied(outcome.layers, outcome.warnings);
    if (options.method == "global" && options.embeddings == "pooled")
        warnCrowdedOut(outcome.layers, tensors, outcome.warnings);
    return outcome;
}

Result<PruneOutcome> computeMasks(const Checkpoint& checkpoint, const PruneOptions& options)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    return computeMasks(checkpoint.weights, checkpoint.masks, tensors, options);
}

Result<Checkpoint> prune(const Checkpoint& checkpoint, const PruneOptions& options, PruneOutcome* outcome)
{
    ESPALIER_TRY(PruneOutcome computed, computeMasks(checkpoint, options));
    Checkpoint pruned = checkpoint;
    pruned.masks = computed.masks;
    ESPALIER_CHECK(applyMasks(pruned.weights, pruned.masks));
    if (outcome)
        *outcome = std::move(computed);
    return pruned;
}

} // namespace espalier
