// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/PruneScope.h"
#include "engine/compression/StepSizes.h"
#include "engine/exporting/PackageSize.h"

#include <algorithm>

namespace espalier {

namespace {

double stepSparsity(std::size_t step)
{
    return static_cast<double>(step) / 100;
}

using StepsByTensor = std::map<std::string, StepSizes>;

Result<void> profilePool(const Checkpoint& checkpoint, const ScopePool& pool, const Ranker& ranker, const std::string& precision, RunContext& context,
                         StepsByTensor& sizes)
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
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string& name = pool.tensors[i];
        ESPALIER_TRY(StoredSize stored, StoredSize::create(name, checkpoint.weights.at(name), precision));
        ESPALIER_TRY(sizes[name], sizesOfSteps(std::move(stored), steps[i]));
    }
    return {};
}

/// Tensors that no step changes are encoded, once. In the order of the names, as the writer places them.
Result<void> estimateBytes(const Checkpoint& checkpoint, const StepsByTensor& steps, const std::string& precision, std::uint64_t header,
                           SparsityProfile& profile)
{
    std::vector<PackageSize> sizes(stepCount, PackageSize(header));
    for (const auto& [name, tensor] : checkpoint.weights) {
        const auto found = steps.find(name);
        std::uint64_t fixed = 0;
        if (found == steps.end()) {
            ESPALIER_TRY(const EncodedTensor encoded, encodeTensor(name, tensor, precision, true));
            fixed = encoded.choice.bytes;
        }
        for (std::size_t step = 0; step < stepCount; ++step)
            sizes[step].add(found == steps.end() ? fixed : found->second.bytes[step]);
    }
    for (std::size_t step = 0; step < stepCount; ++step)
        profile.steps[step].estimatedBytes = static_cast<std::int64_t>(sizes[step].bytes());
    return {};
}

/// The kept count of @p layer at @p step: what was counted, or what it has when it is out of scope.
std::int64_t keptAt(const LayerSparsity& layer, const StepsByTensor& sizes, std::size_t step)
{
    const auto found = sizes.find(layer.name);
    return found == sizes.end() ? layer.kept : found->second.kept[step];
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
    StepsByTensor sizes;
    for (std::size_t i = 0; i < scope.pools.size(); ++i) {
        context.progress({"Ranking weights", static_cast<std::int64_t>(i), static_cast<std::int64_t>(scope.pools.size()), "layers"});
        ESPALIER_CHECK(profilePool(checkpoint, scope.pools[i], scope.ranker, precision, context, sizes));
    }
    profile.steps.resize(stepCount);
    for (std::size_t step = 0; step < stepCount; ++step)
        for (const auto& layer : profile.layers)
            profile.steps[step].kept.push_back(keptAt(layer, sizes, step));
    ESPALIER_CHECK(estimateBytes(checkpoint, sizes, precision, dense.header, profile));
    for (auto& layer : profile.layers)
        layer.kept = layer.weights;
    return profile;
}

} // namespace espalier
