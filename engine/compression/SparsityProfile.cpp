// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/PruneScope.h"
#include "engine/compression/StepCounts.h"
#include "engine/exporting/PackageSize.h"

#include <algorithm>

namespace espalier {

namespace {

double stepSparsity(std::size_t step)
{
    return static_cast<double>(step) / 100;
}

using CountsByTensor = std::map<std::string, StepCounts>;

Result<void> profilePool(const Checkpoint& checkpoint, const ScopePool& pool, const Ranker& ranker, RunContext& context, CountsByTensor& counts)
{
    ESPALIER_TRY(PoolRanking ranking, PoolRanking::create(checkpoint.weights, checkpoint.masks, pool.tensors, ranker));
    if (context.cancelled())
        return cancelledError();
    std::vector<std::size_t> cuts;
    for (std::size_t step = 0; step < stepCount; ++step) {
        ESPALIER_TRY(const std::size_t cut, ranking.pruned({.share = pool.ownSparsity.value_or(stepSparsity(step))}));
        cuts.push_back(cut);
    }
    const auto steps = ranking.steps(cuts);
    for (std::size_t i = 0; i < steps.size(); ++i)
        counts[pool.tensors[i]] = countSteps(checkpoint.weights.at(pool.tensors[i]), steps[i]);
    return {};
}

/// Bytes of each tensor that no step changes are counted once; the others at each step.
Result<void> estimateBytes(const Checkpoint& checkpoint, const CountsByTensor& counts, const std::string& precision, std::uint64_t header,
                           SparsityProfile& profile)
{
    PackageSize fixed(header);
    for (const auto& [name, tensor] : checkpoint.weights)
        if (!counts.contains(name))
            ESPALIER_CHECK(fixed.add(tensor.shape, storedCounts(tensor), precision));
    for (std::size_t step = 0; step < stepCount; ++step) {
        PackageSize size = fixed;
        for (const auto& [name, tensor] : counts)
            ESPALIER_CHECK(size.add(checkpoint.weights.at(name).shape, tensor.stored[step], precision));
        profile.steps[step].estimatedBytes = static_cast<std::int64_t>(size.bytes());
    }
    return {};
}

/// The kept count of @p layer at @p step: what was counted, or what it has when it is out of scope.
std::int64_t keptAt(const LayerSparsity& layer, const CountsByTensor& counts, std::size_t step)
{
    const auto found = counts.find(layer.name);
    return found == counts.end() ? layer.kept : found->second.kept[step];
}

} // namespace

Result<SparsityProfile> sparsityProfile(const Checkpoint& checkpoint, const PruneOptions& options, const std::string& precision, RunContext& context,
                                        const std::vector<std::string>& sentences)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    ESPALIER_TRY(const PruneScope scope, pruneScope(tensors, options));
    ESPALIER_TRY(const DenseSize dense, denseFp32Size(checkpoint, sentences, context));
    SparsityProfile profile;
    profile.denseFp32Bytes = static_cast<std::int64_t>(dense.file);
    ESPALIER_TRY(profile.layers, describeLayers(checkpoint.weights, checkpoint.masks, tensors, scope.inScope));
    CountsByTensor counts;
    for (std::size_t i = 0; i < scope.pools.size(); ++i) {
        context.progress({"Ranking weights", static_cast<std::int64_t>(i), static_cast<std::int64_t>(scope.pools.size()), "layers"});
        ESPALIER_CHECK(profilePool(checkpoint, scope.pools[i], scope.ranker, context, counts));
    }
    profile.steps.resize(stepCount);
    for (std::size_t step = 0; step < stepCount; ++step)
        for (const auto& layer : profile.layers)
            profile.steps[step].kept.push_back(keptAt(layer, counts, step));
    ESPALIER_CHECK(estimateBytes(checkpoint, counts, precision, dense.header, profile));
    for (auto& layer : profile.layers)
        layer.kept = layer.weights;
    return profile;
}

} // namespace espalier
