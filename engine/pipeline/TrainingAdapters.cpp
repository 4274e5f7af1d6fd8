// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Adapters.h"
#include "engine/pipeline/BaselineModel.h"
#include "engine/pipeline/TrainingOptions.h"

namespace espalier {

TrainOptions trainOptionsOf(const StageInputs& inputs)
{
    const bool stopsEarly = inputs.parameters.contains("patience");
    return {.epochs = inputs.parameter<int>("epochs"),
            .batchSize = inputs.parameter<int>("batch_size"),
            .learningRate = inputs.parameter<double>("learning_rate"),
            .weightDecay = inputs.parameter<double>("weight_decay"),
            .patience = stopsEarly ? inputs.parameter<int>("patience") : 0,
            .gradientClip = inputs.parameter<double>("gradient_clip"),
            .labelSmoothing = inputs.parameter<double>("label_smoothing"),
            .threads = inputs.parameter<int>("threads"),
            .resumeFolder = inputs.scratchFolder,
            .batchBy = inputs.parameter<std::string>("batch_by"),
            .accumulation = inputs.parameter<int>("accumulation"),
            .optimiser = inputs.parameter<std::string>("optimiser"),
            .momentum = inputs.parameter<double>("momentum"),
            .nesterov = inputs.parameter<bool>("nesterov"),
            .embeddingDecay = inputs.parameter<double>("embedding_decay"),
            .schedule = inputs.parameter<std::string>("schedule"),
            .warmUp = inputs.parameter<double>("warm_up"),
            .classWeights = inputs.parameter<std::string>("class_weights"),
            .monitor = inputs.parameter<std::string>("monitor"),
            .device = inputs.parameter<std::string>("device"),
            .precision = inputs.parameter<std::string>("precision")};
}

ModelSpec modelToTrain(const StageInputs& inputs)
{
    ModelSpec spec = inputs.input<ModelArtefact>("model").spec;
    spec.classes = inputs.input<Splits>("splits").labels.size();
    spec.task = inputs.input<Splits>("splits").task;
    return spec;
}

namespace adapters {

Result<Artefact> runTrain(const StageInputs& inputs, RunContext& context)
{
    const auto& splits = inputs.input<Splits>("splits");
    const auto& model = inputs.input<ModelArtefact>("model");
    context.seed = inputs.parameter<std::uint64_t>("seed");
    TrainOptions options = trainOptionsOf(inputs);
    options.lastFolder = inputs.outputFolder / "last";
    std::optional<BaselineScore> baseline;
    if (inputs.parameter<bool>("baseline") && model.spec.architecture != baselineArchitecture) {
        ESPALIER_TRY(baseline, baselineFor(inputs, context));
    }
    ESPALIER_TRY(Checkpoint checkpoint, train(modelToTrain(inputs), model.tokenizer, splits, options, context));
    Result<Artefact> made = Artefact(CheckpointArtefact{std::move(checkpoint)});
    std::get<CheckpointArtefact>(*made).baseline = baseline;
    return made;
}

} // namespace adapters
} // namespace espalier
