// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Recovery.h"

#include "engine/compression/Distillation.h"
#include "engine/compression/GradualPruning.h"
#include "engine/compression/LossGradients.h"
#include "engine/compression/SparseDropout.h"
#include "engine/exporting/ActivationCalibration.h"
#include "engine/pipeline/TrainingOptions.h"
#include "engine/training/Preparation.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

/// Null where it would add nothing to the loss.
Result<std::unique_ptr<TrainingObjective>> distillationOf(const StageInputs& inputs, const Checkpoint& teacher)
{
    const DistillationOptions options{.weight = inputs.parameter<double>("distillation_weight"),
                                      .temperature = inputs.parameter<double>("temperature"),
                                      .hiddenWeight = inputs.parameter<double>("hidden_weight")};
    if (options.weight == 0 && options.hiddenWeight == 0)
        return std::unique_ptr<TrainingObjective>();
    return makeDistillation(teacher, options);
}

/// One-shot pruning, or pruning while training, of @p start with the teacher's help.
Result<Checkpoint> recover(const StageInputs& inputs, const PruneOptions& options, const Checkpoint& start, TrainingObjective* teacher, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    TrainOptions tuning = trainOptionsOf(inputs);
    if (inputs.parameter<std::string>("recovery") != "gradual") {
        ESPALIER_TRY(const Checkpoint pruned, prune(start, options));
        return fineTune(pruned, splits, tuning, context, {.objective = teacher});
    }
    GradualOptions gradual{.target = options, .epochs = inputs.parameter<int>("pruning_epochs"), .updatesPerEpoch = inputs.parameter<int>("mask_updates")};
    if (options.measured)
        gradual.measure = [&](const Weights& weights, const Masks& masks, RunContext& own) -> Result<std::shared_ptr<const Weights>> {
            Checkpoint now = start;
            now.weights = weights;
            now.masks = masks;
            PruneOptions measuring = options;
            ESPALIER_CHECK(measureWhereNeeded(measuring, now, splits, own));
            return measuring.measured;
        };
    ESPALIER_TRY(const GradualPruning schedule, GradualPruning::create(start, gradual));
    tuning.epochs += gradual.epochs;
    return fineTune(start, splits, tuning, context, {.masks = &schedule, .objective = teacher});
}

/// Weights between layers, not those of embeddings.
double connectionsOf(const Checkpoint& checkpoint)
{
    double count = 0;
    for (const PrunableTensor& tensor : modelCatalog().find(checkpoint.model.architecture)->prunable(checkpoint.model))
        count += tensor.group == "embedding" ? 0 : static_cast<double>(checkpoint.weights.at(tensor.name).values.size());
    return count;
}

std::string percent(std::size_t part, std::size_t whole)
{
    return Json(std::round(10000.0 * static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(whole, 1))) / 100).dump() + " %";
}

void sayEffect(const CalibrationEffect& effect, Task task, const RunContext& context)
{
    std::string text = "With calibrated ranges the edge runtime answers " + percent(effect.same, effect.sentences) + " of the validation part as with ranges that it measures itself";
    if (task == Task::SingleLabel)
        text += ", and is right in " + percent(effect.right, effect.sentences) + " instead of " + percent(effect.rightMeasured, effect.sentences);
    context.info(text + ".");
}

/// Rounded, and trained where the recovery says so.
Result<Checkpoint> roundedWeights(const StageInputs& inputs, const Checkpoint& exact, const QuantizationScheme& scheme, RunContext& context)
{
    Checkpoint start = exact;
    start.quantization = Quantization{scheme};
    const auto recovery = inputs.parameter<std::string>("recovery");
    if (recovery == "none") {
        start.roundWeights();
        return start;
    }
    context.seed = inputs.parameter<std::uint64_t>("seed");
    std::unique_ptr<TrainingObjective> teacher;
    if (recovery == "distill") {
        ESPALIER_TRY(teacher, distillationOf(inputs, exact));
    }
    return fineTune(start, inputs.input<Splits>("splits"), trainOptionsOf(inputs), context, {.objective = teacher.get()});
}

} // namespace

Result<Checkpoint> pruneAndRecover(const StageInputs& inputs, PruneOptions options, RunContext& context)
{
    const Checkpoint& dense = inputs.input<CheckpointArtefact>("checkpoint").checkpoint;
    const auto recovery = inputs.parameter<std::string>("recovery");
    ESPALIER_TRY(const bool gathered, isGatheredInTraining(options.score));
    if (recovery != "gradual" || !gathered)
        ESPALIER_CHECK(measureWhereNeeded(options, dense, inputs.input<Splits>("splits"), context));
    if (recovery == "none")
        return prune(dense, options);
    context.seed = inputs.parameter<std::uint64_t>("seed");
    if (recovery == "fine_tune")
        return recover(inputs, options, dense, nullptr, context);
    ESPALIER_TRY(const auto distillation, distillationOf(inputs, dense));
    Checkpoint start = dense;
    if (inputs.parameter<bool>("less_dropout"))
        start.model = withDropoutFor(1 - options.sparsity, dense.model);
    ESPALIER_TRY(Checkpoint made, recover(inputs, options, start, distillation.get(), context));
    made.model = dense.model;
    return made;
}

Result<std::unique_ptr<TrainingObjective>> recoveryTeacher(const StageInputs& inputs)
{
    const auto recovery = inputs.parameter<std::string>("recovery");
    if (recovery != "none")
        ESPALIER_CHECK(checkOptions(trainOptionsOf(inputs)));
    if (recovery != "distill")
        return std::unique_ptr<TrainingObjective>();
    return distillationOf(inputs, inputs.input<CheckpointArtefact>("checkpoint").checkpoint);
}

Result<Checkpoint> recoverShrunk(const StageInputs& inputs, Checkpoint shrunk, TrainingObjective* teacher, RunContext& context)
{
    const auto recovery = inputs.parameter<std::string>("recovery");
    if (recovery == "none")
        return shrunk;
    context.seed = inputs.parameter<std::uint64_t>("seed");
    const ModelSpec model = shrunk.model;
    if (recovery == "distill" && inputs.parameter<bool>("less_dropout"))
        shrunk.model = withDropoutFor(connectionsOf(shrunk) / connectionsOf(inputs.input<CheckpointArtefact>("checkpoint").checkpoint), model);
    ESPALIER_TRY(Checkpoint made, fineTune(shrunk, inputs.input<Splits>("splits"), trainOptionsOf(inputs), context, {.objective = teacher}));
    made.model = model;
    return made;
}

Result<Checkpoint> quantizeAndRecover(const StageInputs& inputs, const QuantizationScheme& scheme, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const bool calibrated = inputs.parameter<std::string>("activations") == "calibrated";
    const ActivationCalibrationOptions calibration{inputs.parameter<std::size_t>("calibration_examples"), inputs.parameter<double>("activation_percentile")};
    if (calibrated)
        ESPALIER_CHECK(checkCalibration(splits, calibration));
    ESPALIER_TRY(Checkpoint made, roundedWeights(inputs, inputs.input<CheckpointArtefact>("checkpoint").checkpoint, scheme, context));
    if (calibrated) {
        ESPALIER_TRY(made.quantization->activations, calibrateActivations(made, splits, calibration, context));
        ESPALIER_TRY(const CalibrationEffect effect, calibrationEffect(made, splits.validation, context));
        sayEffect(effect, made.model.task, context);
    }
    return made;
}

} // namespace espalier
