// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/GroupImportance.h"

#include "engine/compression/LossGradients.h"
#include "engine/core/Random.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace espalier {
namespace {

/// Calls @p visit with the group and the index of every element of @p tensor that belongs to one of @p set's groups by @p slice.
template <typename Visit>
void forEachElement(const GroupSet& set, const GroupSlice& slice, const Tensor& tensor, Visit&& visit)
{
    std::size_t inner = 1;
    for (std::size_t i = slice.axis + 1; i < tensor.shape.size(); ++i)
        inner *= static_cast<std::size_t>(tensor.shape[i]);
    const auto places = static_cast<std::size_t>(tensor.shape[slice.axis]);
    const auto first = static_cast<std::size_t>(slice.first);
    const auto used = static_cast<std::size_t>(set.count * slice.width);
    for (std::size_t begin = 0; begin < tensor.values.size(); begin += places * inner)
        for (std::size_t i = 0; i < used * inner; ++i)
            visit(i / inner / static_cast<std::size_t>(slice.width), begin + first * inner + i);
}

/// The L2 norm of all weights of the group.
std::vector<double> byMagnitude(const GroupScoreInput& input)
{
    std::vector<double> scores(static_cast<std::size_t>(input.set.count));
    for (const GroupSlice& slice : input.set.slices) {
        const Tensor& tensor = input.weights.at(slice.tensor);
        forEachElement(input.set, slice, tensor, [&](std::size_t group, std::size_t i) { scores[group] += static_cast<double>(tensor.values[i]) * tensor.values[i]; });
    }
    for (double& score : scores)
        score = std::sqrt(score);
    return scores;
}

/// |dL/dm| for a factor m = 1 that the group's output is multiplied by: how much the loss changes, to first order, when it goes (Michel, Levy and Neubig, "Are
/// sixteen heads really better than one?", 2019; Molchanov et al., "Importance estimation for neural network pruning", 2019, with gates). By the chain rule that
/// derivative is the sum of weight times gradient over the weights that read the output.
std::vector<double> byTaylor(const GroupScoreInput& input)
{
    std::vector<double> scores(static_cast<std::size_t>(input.set.count));
    for (const GroupSlice& slice : input.set.slices) {
        if (!slice.outgoing)
            continue;
        const Tensor& tensor = input.weights.at(slice.tensor);
        const Tensor& gradient = input.gradients->at(slice.tensor);
        forEachElement(input.set, slice, tensor, [&](std::size_t group, std::size_t i) { scores[group] += static_cast<double>(tensor.values[i]) * gradient.values[i]; });
    }
    for (double& score : scores)
        score = std::fabs(score);
    return scores;
}

std::vector<double> atRandom(const GroupScoreInput& input)
{
    Random random(input.seed);
    std::vector<double> scores(static_cast<std::size_t>(input.set.count));
    std::generate(scores.begin(), scores.end(), [&] { return random.uniform(); });
    return scores;
}

/// The kinds that lose some by their scores.
std::vector<GroupKind> competing(const ModelSpec& model, const ModelSpec& smaller)
{
    const ModelType* type = modelCatalog().find(model.architecture);
    std::vector<GroupKind> kinds = type && type->groups ? type->groups(model).kinds : std::vector<GroupKind>();
    std::erase_if(kinds, [&](const GroupKind& kind) { return kind.inOrder || model.parameters.at(kind.parameter) == smaller.parameters.at(kind.parameter); });
    return kinds;
}

std::vector<std::string> outgoingTensors(const std::vector<GroupKind>& kinds)
{
    std::set<std::string> names;
    for (const GroupKind& kind : kinds)
        for (const GroupSet& set : kind.sets)
            for (const GroupSlice& slice : set.slices)
                if (slice.outgoing)
                    names.insert(slice.tensor);
    return {names.begin(), names.end()};
}

/// Adds up what a scorer says of all groups of some kinds.
struct Scoring {
    const GroupScorer& scorer;
    const std::vector<GroupKind>& kinds;
    const Weights& weights;
    std::uint64_t seed;
    GroupScoreTable table = {};

    void add(const Weights* gradients)
    {
        std::uint64_t setSeed = seed;
        for (const GroupKind& kind : kinds) {
            auto& sets = table[kind.parameter];
            sets.resize(kind.sets.size());
            for (std::size_t i = 0; i < sets.size(); ++i) {
                const std::vector<double> scores = scorer.score({kind.sets[i], weights, setSeed++, gradients});
                sets[i].resize(scores.size());
                std::transform(scores.begin(), scores.end(), sets[i].begin(), sets[i].begin(), std::plus<>());
            }
        }
    }
};

} // namespace

const Catalog<GroupScorer>& groupScorerCatalog()
{
    static const Catalog<GroupScorer> catalog{"group score",
                                              {
                                                  {"magnitude", "Magnitude", byMagnitude},
                                                  {"taylor", "Taylor", byTaylor, true},
                                                  {"random", "Random", atRandom},
                                              }};
    return catalog;
}

Result<GroupScoreTable> scoreGroups(const Checkpoint& checkpoint, const ModelSpec& smaller, const GroupScoreOptions& options, const ExampleTable& training,
                                    RunContext& context)
{
    ESPALIER_TRY(const GroupScorer* scorer, groupScorerCatalog().get(options.score));
    const std::vector<GroupKind> kinds = competing(checkpoint.model, smaller);
    Scoring scoring{*scorer, kinds, checkpoint.weights, options.seed};
    if (!scorer->needsGradients)
        scoring.add(nullptr);
    if (!scorer->needsGradients || kinds.empty())
        return std::move(scoring.table);
    const GradientRequest request{.tensors = outgoingTensors(kinds), .sentences = options.sentences, .seed = options.seed};
    ESPALIER_CHECK(forEachBatchGradient(checkpoint, training, request, [&](const Weights& gradients) { scoring.add(&gradients); }, context));
    return std::move(scoring.table);
}

} // namespace espalier
