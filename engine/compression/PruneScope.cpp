// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/PruneScope.h"

#include <algorithm>

namespace espalier {

Result<PruneScope> pruneScope(const std::vector<PrunableTensor>& tensors, const PruneOptions& options)
{
    ESPALIER_TRY(const AllocationMethod* method, allocationCatalog().get(options.method));
    if (options.embeddings != "own" && options.embeddings != "none" && options.embeddings != "pooled")
        return Error{ErrorCode::InvalidArgument, "Embeddings cannot be pruned as '" + options.embeddings + "'.",
                     "Use own, none or pooled."};
    PruneScope scope;
    ESPALIER_TRY(scope.ranker.scorer, scorerCatalog().get(options.score));
    ESPALIER_TRY(scope.ranker.pattern, patternCatalog().get(options.pattern));
    scope.ranker.seed = options.seed;
    for (const auto& tensor : tensors)
        if (tensor.group != "embedding" || options.embeddings != "none")
            scope.inScope.push_back(tensor);
    if (scope.inScope.empty())
        return Error{ErrorCode::InvalidArgument, "The model has no weights that these options let be pruned.",
                     tensors.empty() ? "Choose another architecture." : "Let the embeddings be pruned."};
    scope.pools = method->allocate(scope.inScope, options.embeddings == "pooled");
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
