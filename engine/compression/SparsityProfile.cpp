// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/PruneScope.h"
#include "engine/compression/StepSizes.h"
#include "engine/exporting/PackageSize.h"

#include <algorithm>

namespace espalier {

namespace {

using StepsByTensor = std::map<std::string, StepSizes>;

Result<void> profilePool(const Checkpoint& checkpoint, const ScopePool& pool, const Ranker& ranker, const TensorPrecisions& precisions, RunContext& context,
                         StepsByTensor& sizes)
{
    ESPALIER_TRY(PoolRanking ranking, PoolRanking::create(checkpoint.weights, checkpoint.masks, pool.tensors, ranker));
    if (context.cancelled())
        return cancelledError();
    std::vector<std::size_t> cuts;
    for (std::size_t step = 0; step < stepCount; ++step) {
        ESPALIER_TRY(const std::size_t cut, ranking.pruned({.share = pool.ownSparsity.value_or(sparsityOfStep(static_cast<int>(step)))}));
        cuts.push_back(cut);
    }
    const auto steps = ranking.steps(cuts);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string& name = pool.tensors[i];
        ESPALIER_TRY(StoredSize stored, StoredSize::create(name, checkpoint.weights.at(name), textOf(precisions.of(name))));
        ESPALIER_TRY(sizes[name], sizesOfSteps(std::move(stored), steps[i]));
    }
    return {};
}

bool isAlone(const ScopePool& pool)
{
    return pool.tensors.size() == 1 && !pool.ownSparsity;
}

/// The pool of each layer, and each layer as if it had a sparsity of its own.
Result<void> addLayersAlone(const Checkpoint& checkpoint, const PruneScope& scope, const TensorPrecisions& precisions, RunContext& context, SparsityProfile& profile)
{
    profile.pools.assign(profile.layers.size(), -1);
    for (std::size_t i = 0; i < profile.layers.size(); ++i) {
        const std::string& name = profile.layers[i].name;
        bool known = false;
        for (std::size_t p = 0; p < scope.pools.size(); ++p)
            if (const auto& pooled = scope.pools[p].tensors; std::find(pooled.begin(), pooled.end(), name) != pooled.end()) {
                profile.pools[i] = static_cast<std::int64_t>(p);
                known = isAlone(scope.pools[p]);
            }
        SparsityProfile::Curve& curve = profile.alone.emplace_back();
        if (known)
            continue;
        StepsByTensor sizes;
        ESPALIER_CHECK(profilePool(checkpoint, {{name}}, scope.ranker, precisions, context, sizes));
        curve.kept.assign(sizes.at(name).kept.begin(), sizes.at(name).kept.end());
        curve.bytes.assign(sizes.at(name).bytes.begin(), sizes.at(name).bytes.end());
    }
    return {};
}

/// Tensors that no step changes are encoded, once.
Result<void> addUnchanged(const Checkpoint& checkpoint, const std::vector<LayerSparsity>& layers, const TensorPrecisions& precisions, StepsByTensor& sizes)
{
    for (const auto& [name, tensor] : checkpoint.weights) {
        if (sizes.contains(name))
            continue;
        ESPALIER_TRY(const EncodedTensor encoded, encodeTensor(name, tensor, textOf(precisions.of(name)), true));
        sizes[name].bytes.fill(encoded.choice.bytes);
    }
    for (const LayerSparsity& layer : layers)
        if (!layer.prunable)
            sizes.at(layer.name).kept.fill(layer.kept);
    return {};
}

/// @p header: bytes before the tensors, which are placed in the order of their names.
SparsityProfile::Step stepOf(std::size_t step, const StepsByTensor& sizes, const std::vector<LayerSparsity>& layers, std::uint64_t header)
{
    SparsityProfile::Step result;
    for (const LayerSparsity& layer : layers) {
        result.kept.push_back(sizes.at(layer.name).kept[step]);
        result.bytes.push_back(static_cast<std::int64_t>(sizes.at(layer.name).bytes[step]));
    }
    PackageSize size(header);
    for (const auto& [name, tensor] : sizes)
        size.add(tensor.bytes[step]);
    result.estimatedBytes = static_cast<std::int64_t>(size.bytes());
    return result;
}

} // namespace

Result<SparsityProfile> sparsityProfile(const Checkpoint& checkpoint, const PruneOptions& options, const std::string& precision, RunContext& context,
                                        const std::vector<std::string>& sentences)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    ESPALIER_TRY(const PruneScope scope, pruneScope(tensors, options));
    ESPALIER_TRY(const QuantizationScheme scheme, checkpoint.schemeFor(precision));
    const TensorPrecisions precisions(scheme, checkpoint.model);
    ESPALIER_TRY(const KnownSizes known, knownSizes(checkpoint, sentences, precision, context));
    SparsityProfile profile;
    profile.denseFp32Bytes = static_cast<std::int64_t>(known.denseFp32);
    ESPALIER_TRY(profile.layers, describeLayers(checkpoint.weights, checkpoint.masks, tensors, scope.inScope));
    StepsByTensor sizes;
    for (std::size_t i = 0; i < scope.pools.size(); ++i) {
        context.progress({"Ranking weights", static_cast<std::int64_t>(i), static_cast<std::int64_t>(scope.pools.size()), "layers"});
        ESPALIER_CHECK(profilePool(checkpoint, scope.pools[i], scope.ranker, precisions, context, sizes));
    }
    ESPALIER_CHECK(addUnchanged(checkpoint, profile.layers, precisions, sizes));
    for (std::size_t step = 0; step < stepCount; ++step)
        profile.steps.push_back(stepOf(step, sizes, profile.layers, known.header));
    ESPALIER_CHECK(addLayersAlone(checkpoint, scope, precisions, context, profile));
    for (auto& layer : profile.layers) {
        layer.kept = layer.weights;
        layer.bytes = static_cast<std::int64_t>(sizes.at(layer.name).bytes.front());
    }
    return profile;
}

} // namespace espalier
