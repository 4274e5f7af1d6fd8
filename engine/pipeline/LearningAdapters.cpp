// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Student.h"
#include "engine/core/SafeFile.h"
#include "engine/data/Sentences.h"
#include "engine/evaluation/FullEvaluation.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/Validator.h"
#include "engine/pipeline/Adapters.h"
#include "engine/pipeline/MeasuredModel.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/QuantizeParameters.h"
#include "engine/pipeline/Recovery.h"
#include "engine/pipeline/ShrinkStage.h"
#include "engine/pipeline/TrainingOptions.h"

namespace espalier::adapters {
namespace {

/// A parameter's value; a file's path as it must be given from anywhere.
Json ownValue(const StageInputs& inputs, const ParameterSpec& spec)
{
    const Json& value = inputs.parameters.at(spec.id);
    if (spec.kind != ParameterKind::File || value == "")
        return value;
    return resolvePath(inputs.projectFolder, value.get<std::string>()).string();
}

/// The node's parameters that are the architecture's own.
Result<Parameters> hyperparameters(const StageInputs& inputs, const Architecture& type)
{
    Parameters own;
    for (const ParameterSpec& spec : type.parameters)
        own[spec.id] = ownValue(inputs, spec);
    return completeParameters(type.parameters, own);
}

/// The sentences of the file that a parameter names; none where it is empty.
Result<std::vector<std::string>> sentencesOf(const StageInputs& inputs, const std::string& parameter, RunContext& context)
{
    const auto value = inputs.parameter<std::string>(parameter);
    if (value.empty())
        return std::vector<std::string>{};
    return readSentences(resolvePath(inputs.projectFolder, value), context);
}

} // namespace

Result<Artefact> runModel(const StageInputs& inputs, RunContext&)
{
    const auto& tokenizer = inputs.input<Tokenizer>("tokenizer");
    ModelSpec spec;
    spec.architecture = inputs.parameter<std::string>("architecture");
    ESPALIER_TRY(const Architecture* type, architectures().get(spec.architecture));
    ESPALIER_TRY(spec.parameters, hyperparameters(inputs, *type));
    spec.vocabularySize = static_cast<std::int64_t>(tokenizer.vocabulary().size());
    ESPALIER_CHECK(checkTextLength(spec, tokenizer.spec().maxLength));
    return Artefact(ModelArtefact{std::move(spec), tokenizer});
}

Result<Artefact> runPrune(const StageInputs& inputs, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const Checkpoint& before = inputs.input<CheckpointArtefact>("checkpoint").checkpoint;
    ESPALIER_TRY(const PruneOptions options, pruneOptions(inputs.parameters));
    ESPALIER_TRY(Checkpoint pruned, pruneAndRecover(inputs, options, context));
    ESPALIER_TRY(const PruneOutcome outcome, describePruned(pruned, before.masks, options));
    for (const std::string& warning : outcome.warnings)
        context.warn(warning);
    if (before.quantization && !before.quantization->activations.empty())
        context.warn("The calibrated ranges of activations were those of the model before pruning, and are dropped: quantise after pruning.");
    ESPALIER_TRY(SparsityPoint point, measureCheckpoint(pruned, splits, context));
    point.sparsity = options.sparsity;
    point.warnings = outcome.warnings;
    point.fineTuned = inputs.parameter<std::string>("recovery") != "none";
    return Artefact(CheckpointArtefact{std::move(pruned), std::move(point)});
}

Result<Artefact> runShrink(const StageInputs& inputs, RunContext& context)
{
    ESPALIER_TRY(Checkpoint shrunk, shrinkAndRecover(inputs, context));
    ESPALIER_TRY(SparsityPoint point, measureCheckpoint(shrunk, inputs.input<Splits>("splits"), context));
    point.fineTuned = inputs.parameter<std::string>("recovery") != "none";
    return Artefact(CheckpointArtefact{std::move(shrunk), std::move(point)});
}

Result<Artefact> runQuantize(const StageInputs& inputs, RunContext& context)
{
    ESPALIER_TRY(const QuantizationScheme scheme, schemeFrom(schemeText(inputs.parameters)));
    ESPALIER_TRY(Checkpoint made, quantizeAndRecover(inputs, scheme, context));
    ESPALIER_TRY(SparsityPoint point, measureCheckpoint(made, inputs.input<Splits>("splits"), context));
    point.fineTuned = inputs.parameter<std::string>("recovery") != "none";
    return Artefact(CheckpointArtefact{std::move(made), std::move(point)});
}

Result<Artefact> runDistil(const StageInputs& inputs, RunContext& context)
{
    const ModelSpec student = modelToTrain(inputs);
    StudentTask task{.model = student,
                     .tokenizer = inputs.input<ModelArtefact>("model").tokenizer,
                     .splits = inputs.input<Splits>("splits"),
                     .teacher = inputs.input<CheckpointArtefact>("checkpoint").checkpoint,
                     .options = {.weight = inputs.parameter<double>("distillation_weight"), .temperature = inputs.parameter<double>("temperature")}};
    ESPALIER_TRY(task.unlabelled, sentencesOf(inputs, "unlabelled", context));
    context.seed = inputs.parameter<std::uint64_t>("seed");
    TrainOptions training = trainOptionsOf(inputs);
    training.lastFolder = inputs.outputFolder / "last";
    ESPALIER_TRY(Checkpoint made, distil(task, training, context));
    ESPALIER_TRY(SparsityPoint point, measureCheckpoint(made, task.splits, context));
    return Artefact(CheckpointArtefact{std::move(made), std::move(point)});
}

Result<Artefact> runEvaluate(const StageInputs& inputs, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const auto part = inputs.parameter<std::string>("split");
    const auto& examples = part == "test" ? splits.test : splits.validation;
    if (examples.empty())
        return Error{ErrorCode::InvalidArgument, "The " + part + " part is empty.", "Give the Dataset node a file for it, or let Split cut one.", {}};
    const Checkpoint& checkpoint = inputs.input<CheckpointArtefact>("checkpoint").checkpoint;
    if (checkpoint.model.task != Task::SingleLabel) {
        ESPALIER_TRY(EvaluationReport report, evaluate(checkpoint, examples, part, context));
        return Artefact(std::move(report));
    }
    OutOfScopeSentences outOfScope;
    ESPALIER_TRY(outOfScope.validation, sentencesOf(inputs, "oos_validation", context));
    ESPALIER_TRY(outOfScope.test, sentencesOf(inputs, "oos_test", context));
    const FullEvaluationOptions options{.split = part,
                                        .calibrate = inputs.parameter<bool>("calibrate"),
                                        .allowedCost = inputs.parameter<double>("oos_cost") / 100,
                                        .seed = inputs.parameter<std::uint64_t>("seed")};
    ESPALIER_TRY(FullEvaluation made, evaluateFully(checkpoint, splits, outOfScope, options, context));
    std::optional<ClassScores> scores;
    if (inputs.parameter<bool>("all_scores"))
        scores.emplace(ClassScores{checkpoint.labels.labels(), made.probabilities});
    ESPALIER_CHECK(writeFileSafely(inputs.outputFolder / predictionsFile, predictionsToCsv(made.rows, scores)));
    return Artefact(std::move(made.report));
}

} // namespace espalier::adapters
