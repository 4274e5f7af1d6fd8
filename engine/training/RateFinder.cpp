// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/RateFinder.h"

#include "engine/core/Random.h"
#include "engine/models/TorchGuard.h"
#include "engine/training/Learner.h"
#include "engine/training/Preparation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace espalier {
namespace {

constexpr int steps = 120;
constexpr double lowest = 1e-6;
constexpr double highest = 1;
constexpr double smoothing = 0.9;
constexpr double exploded = 4; ///< times the lowest loss

Result<RateCurve> search(const TrainingTask& task, RunContext& context)
{
    ESPALIER_TRY(const auto learner, Learner::create(task, context.seed));
    learner->model().train();
    Random random(context.seed);
    RateCurve curve;
    Batches batches;
    double mean = 0;
    double least = std::numeric_limits<double>::max();
    for (int step = 0; step < steps; ++step) {
        if (context.cancelled())
            return cancelledError();
        const std::size_t inEpoch = batches.size() == 0 ? 0 : static_cast<std::size_t>(step) % batches.size();
        if (inEpoch == 0)
            batches = shuffledBatches(task.train.ids.lengths(), batchLimitOf(task.options), random);
        learner->optimiser().clearGradients();
        const double loss = learner->learn(batches[std::min(inEpoch, batches.size() - 1)], random.next()).value;
        mean = smoothing * mean + (1 - smoothing) * loss;
        const double smooth = mean / (1 - std::pow(smoothing, step + 1));
        if (!std::isfinite(smooth) || (step > steps / 10 && smooth > exploded * least))
            break;
        least = std::min(least, smooth);
        const double rate = lowest * std::pow(highest / lowest, static_cast<double>(step) / (steps - 1));
        curve.points.push_back({rate, smooth});
        learner->optimiser().step({rate, task.options.momentum});
        context.progress({"Trying learning rates", step + 1, steps, "rates"});
    }
    suggestRate(curve);
    return curve;
}

} // namespace

Result<RateCurve> findLearningRate(const ModelSpec& spec, const Tokenizer& tokenizer, const Splits& splits, const TrainOptions& options, RunContext& context)
{
    Checkpoint checkpoint{spec, tokenizer, splits.labels, {}, {}, {}, context.seed};
    ESPALIER_TRY(const EncodedParts parts, prepare(checkpoint, splits, options));
    ESPALIER_TRY(checkpoint.weights, initialWeights(checkpoint, context));
    const TrainingTask task{.model = spec, .train = parts.train, .validation = parts.validation, .options = options,
                            .startWeights = checkpoint.weights.empty() ? nullptr : &checkpoint.weights, .masks = checkpoint.masks, .labels = checkpoint.labels.labels()};
    const TorchSettings settings(options);
    return guarded("The search for a learning rate", [&] { return search(task, context); });
}

} // namespace espalier
