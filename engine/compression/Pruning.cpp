// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/PruneScope.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace espalier {

namespace {

constexpr double warnBelowKept = 0.01;
constexpr double coarse = 0.01; ///< share of the weights by which a pattern may miss the sparsity without a word

Result<void> checkSparsity(double sparsity)
{
    if (sparsity >= 0 && sparsity <= 1)
        return {};
    return Error{ErrorCode::InvalidArgument, "The sparsity is " + std::to_string(sparsity) + ".", "Use a share from 0 to 1."};
}

/// The masks of one pool, put over what @p masks has.
Result<void> maskPool(const Weights& weights, const ScopePool& pool, const Ranker& ranker, const Amount& amount, Masks& masks)
{
    ESPALIER_TRY(PoolRanking ranking, PoolRanking::create(weights, masks, pool.tensors, ranker));
    ESPALIER_TRY(const std::size_t pruned, ranking.pruned(amount));
    auto kept = ranking.steps({pruned}); // of one cut: 0 where it prunes, else 1
    for (std::size_t i = 0; i < kept.size(); ++i)
        masks[pool.tensors[i]] = std::move(kept[i]);
    return {};
}

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f %%", share * 100);
    return text;
}

/// What was empty before may stay so.
Result<void> checkEmptied(const std::vector<LayerSparsity>& layers, const Masks& existing)
{
    for (const auto& layer : layers) {
        if (layer.kept > 0 || layer.weights == 0 || !layer.prunable)
            continue;
        const auto before = existing.find(layer.name);
        if (before == existing.end() || std::count(before->second.begin(), before->second.end(), 0) < layer.weights)
            return Error{ErrorCode::InvalidArgument, "This sparsity empties layer '" + layer.name + "': it would keep none of its " +
                                                         std::to_string(layer.weights) + " weights.",
                         "Prune less, give the layer a sparsity of its own, exclude it, or allow layers to be emptied."};
    }
    return {};
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

/// Groups may be too large to meet the sparsity: 2 of 4 cannot become 40 %.
void warnCoarse(const std::vector<LayerSparsity>& layers, const PruneScope& scope, const PruneOptions& options, std::vector<std::string>& warnings)
{
    std::map<std::string, double> asked;
    for (const auto& pool : scope.pools)
        for (const auto& name : pool.tensors)
            asked[name] = pool.ownSparsity.value_or(options.sparsity);
    double weights = 0;
    double toPrune = 0;
    double pruned = 0;
    for (const auto& layer : layers) {
        if (!layer.prunable)
            continue;
        weights += static_cast<double>(layer.weights);
        toPrune += asked[layer.name] * static_cast<double>(layer.weights);
        pruned += static_cast<double>(layer.weights - layer.kept);
    }
    if (options.pattern == "free" || options.count || options.ofRemaining || std::fabs(pruned - toPrune) <= coarse * weights)
        return;
    warnings.push_back(percent(pruned / weights) + " of the weights are pruned in place of " + percent(toPrune / weights) +
                       ": the pattern prunes whole groups.");
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

void addWarnings(PruneOutcome& outcome, const Masks& before, const std::vector<PrunableTensor>& tensors, const PruneScope& scope, const PruneOptions& options)
{
    warnEmptied(outcome.layers, outcome.warnings);
    if (before.empty())
        warnCoarse(outcome.layers, scope, options, outcome.warnings);
    if (options.method == "global" && options.embeddings == "pooled")
        warnCrowdedOut(outcome.layers, tensors, outcome.warnings);
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
        ESPALIER_CHECK(maskPool(weights, pool, scope.ranker, PruneScope::amountOf(pool, options), outcome.masks));
    ESPALIER_TRY(outcome.layers, describeLayers(weights, outcome.masks, tensors, scope.inScope));
    if (!options.allowEmptied)
        ESPALIER_CHECK(checkEmptied(outcome.layers, existing));
    addWarnings(outcome, existing, tensors, scope, options);
    return outcome;
}

Result<PruneOutcome> describePruned(const Checkpoint& checkpoint, const Masks& before, const PruneOptions& options)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    ESPALIER_TRY(const PruneScope scope, pruneScope(tensors, options));
    PruneOutcome outcome;
    outcome.masks = checkpoint.masks;
    ESPALIER_TRY(outcome.layers, describeLayers(checkpoint.weights, outcome.masks, tensors, scope.inScope));
    addWarnings(outcome, before, tensors, scope, options);
    return outcome;
}

Result<PruneOutcome> computeMasks(const Checkpoint& checkpoint, const PruneOptions& options)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    return computeMasks(checkpoint.weights, checkpoint.masks, tensors, options);
}

Result<void> pruneWeights(Weights& weights, const Masks& masks, const PruneOptions& options)
{
    ESPALIER_TRY(const Scorer* scorer, scorerCatalog().get(options.score));
    for (const auto& [name, mask] : masks) {
        const auto found = weights.find(name);
        if (!scorer->compensate || !options.measured || !options.measured->contains(name) || found == weights.end() || mask.size() != found->second.values.size())
            continue; // another pruning's mask, or one that does not fit: applyMasks() says so
        scorer->compensate({found->second, &mask, options.seed, &options.measured->at(name)}, found->second);
    }
    return applyMasks(weights, masks);
}

Result<Checkpoint> prune(const Checkpoint& checkpoint, const PruneOptions& options, PruneOutcome* outcome)
{
    ESPALIER_TRY(PruneOutcome computed, computeMasks(checkpoint, options));
    Checkpoint pruned = checkpoint;
    pruned.masks = computed.masks;
    ESPALIER_CHECK(pruneWeights(pruned.weights, pruned.masks, options));
    pruned.requantize();
    if (outcome)
        *outcome = std::move(computed);
    return pruned;
}

} // namespace espalier
