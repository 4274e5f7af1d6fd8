// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Trainer.h"

#include "engine/evaluation/TaskScores.h"
#include "engine/training/MaskSchedule.h"
#include "engine/training/Preparation.h"
#include "engine/training/ResumeState.h"
#include "engine/training/TrainingLoop.h"

namespace espalier {
namespace {

/// Where the probabilities on the validation part tell given labels from others best.
Result<double> chooseThreshold(const Checkpoint& checkpoint, const EncodedExamples& validation, RunContext& context)
{
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(const Predictions predictions, classifier.predict(validation, context));
    return bestThreshold(predictions, validation, static_cast<std::size_t>(checkpoint.model.classes));
}

Result<void> saveLast(Checkpoint last, TrainedWeights& trained, const EncodedExamples& validation, const std::filesystem::path& folder, RunContext& context)
{
    last.weights = std::move(trained.lastWeights);
    if (!trained.masks.empty())
        last.masks = trained.masks;
    last.history = trained.history;
    if (last.model.task == Task::MultiLabel) {
        ESPALIER_TRY(last.threshold, chooseThreshold(last, validation, context));
    }
    return saveCheckpoint(folder, last);
}

Result<void> checkHooks(const TrainingHooks& hooks, const TrainOptions& options)
{
    if (hooks.masks == nullptr || options.epochs > hooks.masks->epochs())
        return {};
    return Error{ErrorCode::InvalidArgument,
                 "'epochs' is " + std::to_string(options.epochs) + ", and masks change over " + std::to_string(hooks.masks->epochs()) +
                     " epochs: none is left to train under the last of them.",
                 "Train for more epochs, or let the masks change over fewer.", {}};
}

/// Trains @p checkpoint's model from its weights; without any, from fresh ones.
Result<Checkpoint> fit(Checkpoint checkpoint, const Splits& splits, const TrainOptions& options, const TrainingHooks& hooks, RunContext& context)
{
    ESPALIER_CHECK(checkHooks(hooks, options));
    ESPALIER_TRY(const EncodedParts parts, prepare(checkpoint, splits, options));
    if (checkpoint.weights.empty()) {
        ESPALIER_TRY(checkpoint.weights, initialWeights(checkpoint, context));
    }
    TrainingTask task{.model = checkpoint.model, .train = parts.train, .validation = parts.validation, .options = options,
                      .startWeights = checkpoint.weights.empty() ? nullptr : &checkpoint.weights, .masks = checkpoint.masks, .labels = checkpoint.labels.labels(),
                      .hooks = hooks};
    std::optional<TensorPrecisions> rounding;
    if (checkpoint.quantization)
        task.rounding = &rounding.emplace(checkpoint.quantization->scheme, checkpoint.model);
    task.fingerprint = fingerprintOf(task, context.seed);
    ESPALIER_TRY(TrainedWeights trained, runTraining(task, context));
    checkpoint.seed = context.seed;
    if (checkpoint.quantization)
        checkpoint.quantization = Quantization{checkpoint.quantization->scheme, true}; // ranges were those of other weights
    if (!options.lastFolder.empty())
        ESPALIER_CHECK(saveLast(checkpoint, trained, parts.validation, options.lastFolder, context));
    checkpoint.weights = std::move(trained.weights);
    if (!trained.masks.empty())
        checkpoint.masks = std::move(trained.masks);
    checkpoint.history = std::move(trained.history);
    if (checkpoint.model.task == Task::MultiLabel) {
        ESPALIER_TRY(checkpoint.threshold, chooseThreshold(checkpoint, parts.validation, context));
    }
    if (!options.resumeFolder.empty())
        removeTrainingState(options.resumeFolder);
    return checkpoint;
}

} // namespace

Result<Checkpoint> train(const ModelSpec& spec, const Tokenizer& tokenizer, const Splits& splits, const TrainOptions& options, RunContext& context,
                         const TrainingHooks& hooks)
{
    return fit(Checkpoint{spec, tokenizer, splits.labels, {}, {}, {}, context.seed}, splits, options, hooks, context);
}

Result<Checkpoint> fineTune(const Checkpoint& start, const Splits& splits, const TrainOptions& options, RunContext& context, const TrainingHooks& hooks)
{
    Checkpoint checkpoint = start;
    ESPALIER_CHECK(applyMasks(checkpoint.weights, checkpoint.masks));
    return fit(std::move(checkpoint), splits, options, hooks, context);
}

} // namespace espalier
