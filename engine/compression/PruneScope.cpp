// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/PruneScope.h"

#include "engine/core/ClosestName.h"

#include <algorithm>

namespace espalier {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Result<void> checkLayer(const std::vector<PrunableTensor>& tensors, const std::string& name)
{
    std::vector<std::string> known;
    for (const auto& tensor : tensors)
        known.push_back(tensor.name);
    if (contains(known, name))
        return {};
    return Error{ErrorCode::InvalidArgument, "The model has no layer '" + name + "' that can be pruned.",
                 known.empty() ? "Choose another architecture." : "The closest is '" + closestName(name, known) + "'."};
}

Result<void> checkLayers(const std::vector<PrunableTensor>& tensors, const PruneOptions& options)
{
    for (const auto& name : options.exclude)
        ESPALIER_CHECK(checkLayer(tensors, name));
    for (const auto& [name, sparsity] : options.layerSparsities) {
        ESPALIER_CHECK(checkLayer(tensors, name));
        if (!(sparsity >= 0 && sparsity <= 1))
            return Error{ErrorCode::InvalidArgument, "The sparsity of layer '" + name + "' is " + std::to_string(sparsity) + ".",
                         "Use a share from 0 to 1."};
        if (contains(options.exclude, name))
            return Error{ErrorCode::InvalidArgument, "Layer '" + name + "' is excluded, but has a sparsity of its own.", "Take away one of the two."};
    }
    return {};
}

Result<Ranker> rankerOf(const std::vector<PrunableTensor>& tensors, const PruneOptions& options)
{
    Ranker ranker;
    ESPALIER_TRY(ranker.scorer, scorerCatalog().get(options.score));
    ESPALIER_TRY(ranker.pattern, patternCatalog().get(options.pattern));
    ESPALIER_TRY(ranker.tablePattern, patternCatalog().get(ranker.pattern->forProducts ? "free" : options.pattern));
    for (const auto& tensor : tensors)
        if (tensor.group == "embedding")
            ranker.tables.insert(tensor.name);
    ranker.seed = options.seed;
    ranker.measured = options.measured.get();
    return ranker;
}

/// Fills what the method ranks together, then the layers of their own.
void addPools(const std::vector<PrunableTensor>& tensors, const PruneOptions& options, const AllocationMethod& method, PruneScope& scope)
{
    std::vector<PrunableTensor> common;
    for (const auto& tensor : tensors) {
        const auto own = options.layerSparsities.find(tensor.name);
        const bool hasOwn = own != options.layerSparsities.end();
        if (contains(options.exclude, tensor.name) || (!hasOwn && tensor.group == "embedding" && options.embeddings == "none"))
            continue;
        scope.inScope.push_back(tensor);
        if (hasOwn)
            scope.pools.push_back({{tensor.name}, own->second});
        else
            common.push_back(tensor);
    }
    for (auto& pool : method.allocate(common, options.embeddings == "pooled"))
        scope.pools.push_back({std::move(pool)});
}

} // namespace

Amount PruneScope::amountOf(const ScopePool& pool, const PruneOptions& options)
{
    if (pool.ownSparsity)
        return {.share = *pool.ownSparsity, .ofRemaining = options.ofRemaining};
    return {options.sparsity, options.count, options.ofRemaining};
}

Result<PruneScope> pruneScope(const std::vector<PrunableTensor>& tensors, const PruneOptions& options)
{
    ESPALIER_TRY(const AllocationMethod* method, allocationCatalog().get(options.method));
    if (options.embeddings != "own" && options.embeddings != "none" && options.embeddings != "pooled")
        return Error{ErrorCode::InvalidArgument, "Embeddings cannot be pruned as '" + options.embeddings + "'.",
                     "Use own, none or pooled."};
    PruneScope scope;
    ESPALIER_TRY(scope.ranker, rankerOf(tensors, options));
    ESPALIER_CHECK(checkLayers(tensors, options));
    addPools(tensors, options, *method, scope);
    if (scope.inScope.empty())
        return Error{ErrorCode::InvalidArgument, "The model has no weights that these options let be pruned.",
                     tensors.empty() ? "Choose another architecture." : "Let the embeddings be pruned, or exclude fewer layers."};
    return scope;
}

Result<std::vector<LayerSparsity>> describeLayers(const Weights& weights, const Masks& masks, const std::vector<PrunableTensor>& tensors,
                                                  const std::vector<PrunableTensor>& inScope)
{
    std::vector<LayerSparsity> layers;
    for (const auto& tensor : tensors) {
        const auto found = weights.find(tensor.name);
        if (found == weights.end())
            return Error{ErrorCode::InvalidArgument, "The weights have no tensor '" + tensor.name + "' to prune.",
                         "Use a checkpoint of the model it was made for."};
        LayerSparsity layer{tensor.name, found->second.shape, static_cast<std::int64_t>(found->second.values.size())};
        const auto mask = masks.find(tensor.name);
        layer.kept = mask == masks.end() ? layer.weights : layer.weights - std::count(mask->second.begin(), mask->second.end(), 0);
        layer.prunable = std::any_of(inScope.begin(), inScope.end(), [&](const auto& t) { return t.name == tensor.name; });
        layers.push_back(std::move(layer));
    }
    return layers;
}

Result<std::vector<PrunableTensor>> prunableTensors(const ModelSpec& model)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(model.architecture));
    return type->prunable(model);
}

} // namespace espalier
