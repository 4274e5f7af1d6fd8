// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Pruning.h"

#include "engine/compression/MagnitudeScorer.h"
#include "engine/compression/PruneScope.h"
#include "engine/compression/Ranking.h"
#include "engine/exporting/PackageSize.h"

#include <algorithm>
#include <array>

namespace espalier {

namespace {

constexpr std::size_t stepCount = 100;

double stepSparsity(std::size_t step)
{
    return static_cast<double>(step) / 100;
}

/// What is left of one tensor at each step.
struct TensorSteps {
    std::array<std::int64_t, stepCount> kept{};
    std::array<StoredCounts, stepCount> stored{};
};

using StepsByTensor = std::map<std::string, TensorSteps>;

/// Whether each element of the tensor at hand has an int8 code other than 0. Pruning takes a row's largest weight last, so that
/// the row's scale, and with it the answer, is the same at every sparsity.
std::vector<bool> hasCode(const Tensor& tensor)
{
    std::vector<bool> coded(tensor.values.size());
    const std::size_t rows = tensor.shape.size() > 1 ? static_cast<std::size_t>(tensor.shape.front()) : 0;
    const std::size_t columns = rows == 0 ? 0 : tensor.values.size() / rows;
    for (std::size_t row = 0; row < rows; ++row) {
        const float scale = rowScaleOf(tensor, row);
        for (std::size_t i = row * columns; i < (row + 1) * columns; ++i)
            coded[i] = rowCode(tensor.values[i], scale) != 0;
    }
    return coded;
}

/// Counts, for one pool, what lies above the cut of each step. Walks from the highest rank down, so that each key is seen once.
void countSteps(const PoolRanking& ranking, const std::vector<std::size_t>& cuts, const std::vector<std::vector<bool>>& coded,
                std::vector<TensorSteps*>& tensors)
{
    struct Running {
        std::int64_t kept = 0;
        StoredCounts stored;
    };
    std::vector<Running> running(tensors.size());
    std::size_t end = ranking.size();
    for (std::size_t step = stepCount; step-- > 0;) {
        for (std::size_t i = cuts[step]; i < end; ++i) {
            const RankKey key = ranking.keys()[i];
            const std::size_t place = PoolRanking::place(key);
            const std::size_t tensor = ranking.tensorAt(place);
            ++running[tensor].kept;
            running[tensor].stored.values += PoolRanking::rank(key) > zeroRank;
            running[tensor].stored.codes += coded[tensor][place - ranking.offsets()[tensor]];
        }
        end = cuts[step];
        for (std::size_t t = 0; t < tensors.size(); ++t) {
            tensors[t]->kept[step] = running[t].kept;
            tensors[t]->stored[step] = running[t].stored;
        }
    }
}

Result<void> profilePool(const Checkpoint& checkpoint, const RankingPool& pool, RunContext& context, StepsByTensor& steps)
{
    ESPALIER_TRY(PoolRanking ranking, PoolRanking::create(checkpoint.weights, checkpoint.masks, pool));
    std::vector<std::size_t> cuts;
    for (std::size_t step = 0; step < stepCount; ++step)
        cuts.push_back(ranking.pruned(stepSparsity(step)));
    ranking.partition(cuts);
    if (context.cancelled())
        return cancelledError();
    std::vector<std::vector<bool>> coded;
    std::vector<TensorSteps*> tensors;
    for (const auto& name : pool) {
        coded.push_back(hasCode(checkpoint.weights.at(name)));
        tensors.push_back(&steps[name]);
    }
    countSteps(ranking, cuts, coded, tensors);
    return {};
}

/// Bytes of each tensor that no step changes are counted once; the others at each step.
Result<void> estimateBytes(const Checkpoint& checkpoint, const StepsByTensor& steps, const std::string& precision, std::uint64_t header,
                           SparsityProfile& profile)
{
    PackageSize fixed(header);
    for (const auto& [name, tensor] : checkpoint.weights)
        if (!steps.contains(name))
            ESPALIER_CHECK(fixed.add(tensor.shape, storedCounts(tensor), precision));
    for (std::size_t step = 0; step < stepCount; ++step) {
        PackageSize size = fixed;
        for (const auto& [name, tensor] : steps)
            ESPALIER_CHECK(size.add(checkpoint.weights.at(name).shape, tensor.stored[step], precision));
        profile.steps[step].estimatedBytes = static_cast<std::int64_t>(size.bytes());
    }
    return {};
}

/// The kept count of @p layer at @p step: what was counted, or what it has when it is out of scope.
std::int64_t keptAt(const LayerSparsity& layer, const StepsByTensor& steps, std::size_t step)
{
    const auto found = steps.find(layer.name);
    return found == steps.end() ? layer.kept : found->second.kept[step];
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
    ESPALIER_TRY(profile.layers, describeLayers(checkpoint.weights, checkpoint.masks, tensors, scope));
    StepsByTensor steps;
    for (std::size_t i = 0; i < scope.pools.size(); ++i) {
        context.progress({"Ranking weights", static_cast<std::int64_t>(i), static_cast<std::int64_t>(scope.pools.size()), "layers"});
        ESPALIER_CHECK(profilePool(checkpoint, scope.pools[i], context, steps));
    }
    profile.steps.resize(stepCount);
    for (std::size_t step = 0; step < stepCount; ++step)
        for (const auto& layer : profile.layers)
            profile.steps[step].kept.push_back(keptAt(layer, steps, step));
    ESPALIER_CHECK(estimateBytes(checkpoint, steps, precision, dense.header, profile));
    for (auto& layer : profile.layers)
        layer.kept = layer.weights;
    return profile;
}

} // namespace espalier
