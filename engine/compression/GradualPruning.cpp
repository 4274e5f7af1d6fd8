// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/GradualPruning.h"

#include "engine/core/Json.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double rounding = 0.001; ///< every layer's number of weights is rounded for itself

std::string shown(double value)
{
    return Json(value).dump();
}

Result<void> checkOptions(const GradualOptions& options)
{
    if (options.epochs < 1)
        return Error{ErrorCode::InvalidArgument, "'pruning_epochs' is " + std::to_string(options.epochs) + ".", "Prune over one epoch at least.", {}};
    if (options.updatesPerEpoch < 1)
        return Error{ErrorCode::InvalidArgument, "'mask_updates' is " + std::to_string(options.updatesPerEpoch) + ".", "Update the masks at least once an epoch.", {}};
    return {};
}

} // namespace

double cubicSparsity(double initial, double final, double done)
{
    const double left = 1 - std::clamp(done, 0.0, 1.0);
    return final + (initial - final) * left * left * left;
}

Result<GradualPruning> GradualPruning::create(const Checkpoint& start, const GradualOptions& options)
{
    ESPALIER_CHECK(checkOptions(options));
    GradualPruning pruning;
    pruning.m_options = options;
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(start.model.architecture));
    pruning.m_tensors = type->prunable(start.model);
    ESPALIER_TRY(pruning.m_atOnce, computeMasks(start, options.target));
    pruning.m_initial = pruning.sparsity(start.masks);
    if (pruning.m_initial > options.target.sparsity + rounding)
        return Error{ErrorCode::InvalidArgument,
                     "'sparsity' is " + shown(options.target.sparsity) + ", and " + shown(std::round(pruning.m_initial * 1000) / 1000) +
                         " of the weights are pruned already.",
                     "Ask for more, or begin from the model before it was pruned.", {}};
    return pruning;
}

Result<Masks> GradualPruning::masksAt(double done, const Weights& weights, const Masks& masks) const
{
    PruneOptions options = m_options.target;
    options.sparsity = cubicSparsity(m_initial, options.sparsity, done);
    for (auto& [layer, sparsity] : options.layerSparsities)
        sparsity = cubicSparsity(std::min(m_initial, sparsity), sparsity, done);
    ESPALIER_TRY(PruneOutcome outcome, computeMasks(weights, masks, m_tensors, options));
    return std::move(outcome.masks);
}

double GradualPruning::sparsity(const Masks& masks) const
{
    double weights = 0;
    double pruned = 0;
    for (const LayerSparsity& layer : m_atOnce.layers) {
        if (!layer.prunable)
            continue;
        weights += static_cast<double>(layer.weights);
        if (const auto mask = masks.find(layer.name); mask != masks.end())
            pruned += static_cast<double>(std::count(mask->second.begin(), mask->second.end(), 0));
    }
    return weights == 0 ? 0 : pruned / weights;
}

void GradualPruning::addTo(Fingerprint& fingerprint) const
{
    fingerprint.add("gradual", std::to_string(m_options.epochs) + " " + std::to_string(m_options.updatesPerEpoch) + " " + shown(m_options.target.sparsity));
    for (const auto& [name, mask] : m_atOnce.masks) // every option of the target shows in them
        fingerprint.add(name, {reinterpret_cast<const char*>(mask.data()), mask.size()});
}

} // namespace espalier
