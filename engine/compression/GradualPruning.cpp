// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/GradualPruning.h"

#include "engine/compression/PruneScope.h"
#include "engine/core/Json.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace espalier {
namespace {

constexpr double rounding = 0.001; ///< every layer's number of weights is rounded for itself
constexpr auto measuredEpoch = "measured_epoch"; ///< in the memory

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

Result<bool> isGatheredInTraining(const std::string& score)
{
    ESPALIER_TRY(const Scorer* scorer, scorerCatalog().get(score));
    return scorer->measures == Measurement::Movement;
}

Result<GradualPruning> GradualPruning::create(const Checkpoint& start, const GradualOptions& options)
{
    ESPALIER_CHECK(checkOptions(options));
    GradualPruning pruning;
    pruning.m_options = options;
    pruning.m_before = start.masks;
    ESPALIER_TRY(pruning.m_tensors, prunableTensors(start.model));
    ESPALIER_TRY(const bool gathered, isGatheredInTraining(options.target.score));
    PruneOptions known = options.target;
    if (gathered) {
        known.score = "magnitude";
        known.allowEmptied = known.allowEmptied || known.method == "global"; // layer by layer, whether one is emptied does not depend on the score
    }
    ESPALIER_TRY(pruning.m_atOnce, computeMasks(start, known));
    for (const LayerSparsity& layer : pruning.m_atOnce.layers)
        if (gathered && layer.prunable)
            pruning.m_watched.push_back(layer.name);
    pruning.m_initial = pruning.sparsity(start.masks);
    if (pruning.m_initial > options.target.sparsity + rounding)
        return Error{ErrorCode::InvalidArgument,
                     "'sparsity' is " + shown(options.target.sparsity) + ", and " + shown(std::round(pruning.m_initial * 1000) / 1000) +
                         " of the weights are pruned already.",
                     "Ask for more, or begin from the model before it was pruned.", {}};
    return pruning;
}

PruneOptions GradualPruning::targetAt(double done) const
{
    PruneOptions options = m_options.target;
    options.sparsity = cubicSparsity(m_initial, options.sparsity, done);
    for (auto& [layer, sparsity] : options.layerSparsities)
        sparsity = cubicSparsity(std::min(m_initial, sparsity), sparsity, done);
    return options;
}

Result<MaskUpdate> GradualPruning::masksAt(const MaskMoment& now, Weights& memory, RunContext& context) const
{
    PruneOptions options = targetAt(now.done);
    if (!m_watched.empty())
        return movedMasks(std::move(options), now, memory);
    ESPALIER_TRY(options.measured, measuredAt(now, memory, context));
    ESPALIER_TRY(PruneOutcome outcome, computeMasks(now.weights, now.masks, m_tensors, options));
    MaskUpdate update{std::move(outcome.masks)};
    ESPALIER_TRY(const Scorer* scorer, scorerCatalog().get(options.score));
    if (scorer->compensate) {
        update.weights = now.weights;
        ESPALIER_CHECK(pruneWeights(update.weights, update.masks, options));
    }
    return update;
}

/// Kept in the memory with the epoch it was measured in.
Result<std::shared_ptr<const Weights>> GradualPruning::measuredAt(const MaskMoment& now, Weights& memory, RunContext& context) const
{
    const auto epoch = static_cast<float>(std::ceil(now.done * m_options.epochs - 1e-9)); // from 1
    if (!m_options.measure || !m_options.target.measured || epoch <= 1)
        return m_options.target.measured;
    const std::string prefix = "measured/";
    Tensor& measuredIn = memory[measuredEpoch];
    if (measuredIn.values != std::vector<float>{epoch}) {
        ESPALIER_TRY(const auto measured, m_options.measure(now.weights, now.masks, context));
        measuredIn = {{1}, {epoch}};
        for (const auto& [name, tensor] : *measured)
            memory[prefix + name] = tensor;
        return measured;
    }
    Weights measured;
    for (const auto& [name, tensor] : memory)
        if (name.starts_with(prefix))
            measured[name.substr(prefix.size())] = tensor;
    return std::make_shared<const Weights>(std::move(measured));
}

Result<MaskUpdate> GradualPruning::movedMasks(PruneOptions options, const MaskMoment& now, Weights& memory) const
{
    Weights values = now.weights; // of pruned weights, those they fell with
    Weights moved;
    float least = 0; // of all tensors: scores are not negative
    for (const std::string& name : m_watched) {
        Tensor& score = moved[name] = memory[movementName(name)];
        if (score.values.size() != values.at(name).values.size())
            return Error{ErrorCode::Internal, "The training did not gather the movement of '" + name + "'.", {}, {}};
        least = std::min(least, *std::min_element(score.values.begin(), score.values.end()));
        const Tensor& fallen = memory[fallenName(name)];
        std::transform(fallen.values.begin(), fallen.values.end(), values.at(name).values.begin(), values.at(name).values.begin(), std::plus());
    }
    for (auto& [name, score] : moved)
        for (float& value : score.values)
            value -= least;
    options.measured = std::make_shared<const Weights>(std::move(moved));
    ESPALIER_TRY(PruneOutcome outcome, computeMasks(values, m_before, m_tensors, options));
    MaskUpdate update{std::move(outcome.masks)};
    for (const std::string& name : m_watched) {
        const Mask& mask = update.masks.at(name);
        Tensor& fallen = memory[fallenName(name)] = values.at(name);
        for (std::size_t i = 0; i < mask.size(); ++i)
            fallen.values[i] = mask[i] == 0 ? fallen.values[i] : 0;
        update.weights[name] = std::move(values.at(name));
    }
    return update;
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
    fingerprint.add("score", m_options.target.score + (m_options.measure ? ", measured anew" : ""));
    for (const auto& [name, mask] : m_atOnce.masks) // every option of the target shows in them
        fingerprint.add(name, {reinterpret_cast<const char*>(mask.data()), mask.size()});
}

} // namespace espalier
