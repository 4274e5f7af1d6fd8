// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Trainer.h"

#include "engine/core/Fingerprint.h"
#include "engine/evaluation/TaskScores.h"
#include "engine/models/WordVectors.h"
#include "engine/training/ResumeState.h"
#include "engine/training/TrainingLoop.h"

#include <cmath>

namespace espalier {
namespace {

Error badOption(const std::string& what, const std::string& expected)
{
    return {ErrorCode::InvalidArgument, what + " must be " + expected + ".", {}, {}};
}

Result<void> checkOptions(const TrainOptions& options)
{
    if (options.epochs < 1)
        return badOption("The number of epochs", "at least 1");
    if (options.batchSize < 1)
        return badOption("The batch size", "at least 1");
    if (!(options.learningRate > 0) || !std::isfinite(options.learningRate))
        return badOption("The learning rate", "above 0");
    if (!(options.weightDecay >= 0) || !(options.gradientClip >= 0) || options.patience < 0 || options.threads < 0)
        return badOption("Weight decay, gradient clip, patience and threads", "at least 0");
    if (!(options.labelSmoothing >= 0 && options.labelSmoothing < 1))
        return badOption("Label smoothing", "at least 0 and below 1");
    return {};
}

Result<void> checkSplits(const Splits& splits)
{
    if (splits.train.empty())
        return Error{ErrorCode::InvalidArgument, "There are no rows to train on.", "Check the dataset and its split.", {}};
    if (splits.validation.empty())
        return Error{ErrorCode::InvalidArgument, "There are no validation rows, and without them the best epoch cannot be chosen.",
                     "Give a validation file, or a validation fraction above 0 in the split.", {}};
    return {};
}

Result<void> checkSizes(const ModelSpec& spec, const Tokenizer& tokenizer, const LabelMap& labels)
{
    ESPALIER_CHECK(checkModelSpec(spec));
    ESPALIER_CHECK(checkTextLength(spec, tokenizer.spec().maxLength));
    if (spec.vocabularySize != static_cast<std::int64_t>(tokenizer.vocabulary().size()))
        return badOption("The model's vocabulary size", "the tokenizer's, " + std::to_string(tokenizer.vocabulary().size()));
    if (spec.classes != labels.size())
        return badOption("The model's number of classes", "that of the labels, " + std::to_string(labels.size()));
    return {};
}

Result<void> checkLabels(const std::vector<Example>& examples, const EncodedExamples& encoded)
{
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (encoded.classes[i] < 0)
            return Error{ErrorCode::InvalidArgument, "The model does not know a label of '" + examples[i].text + "'.",
                         "Train a new model on these rows, or leave them out.", {}};
    return {};
}

template <typename T>
std::string_view bytesOf(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

void addExamples(Fingerprint& fingerprint, const EncodedExamples& examples)
{
    examples.ids.addTo(fingerprint);
    examples.targets.addTo(fingerprint);
    examples.wordTokens.addTo(fingerprint);
    fingerprint.add("classes", bytesOf(examples.classes));
}

/// Of all that decides how the training goes. Threads do not.
std::string fingerprintOf(const TrainingTask& task, std::uint64_t seed)
{
    const TrainOptions& o = task.options;
    const Json options{{"epochs", o.epochs}, {"batch", o.batchSize}, {"rate", o.learningRate}, {"decay", o.weightDecay},
                       {"patience", o.patience}, {"clip", o.gradientClip}, {"smoothing", o.labelSmoothing}};
    Fingerprint fingerprint;
    fingerprint.add("trainer", "1").add("model", dumpJson(toJson(task.model))).add("options", dumpJson(options)).add("seed", std::to_string(seed));
    addExamples(fingerprint, task.train);
    addExamples(fingerprint, task.validation);
    if (task.startWeights != nullptr)
        for (const auto& [name, tensor] : *task.startWeights)
            fingerprint.add(name, bytesOf(tensor.values));
    for (const auto& [name, mask] : task.masks)
        fingerprint.add(name, bytesOf(mask));
    return fingerprint.hex();
}

/// Where the probabilities on the validation part tell given labels from others best.
Result<double> chooseThreshold(const Checkpoint& checkpoint, const EncodedExamples& validation, RunContext& context)
{
    ESPALIER_TRY(Classifier classifier, Classifier::create(checkpoint));
    ESPALIER_TRY(const Predictions predictions, classifier.predict(validation, context));
    return bestThreshold(predictions, validation, static_cast<std::size_t>(checkpoint.model.classes));
}

/// What a fresh model starts from besides random numbers: word vectors, where the specification names a file of them.
Result<Weights> initialWeights(const Checkpoint& checkpoint, const RunContext& context)
{
    const auto file = checkpoint.model.parameters.find("vectors_file");
    if (file == checkpoint.model.parameters.end() || file->second == "")
        return Weights{};
    ESPALIER_TRY(WordVectors vectors, loadWordVectors(file->second.get<std::string>(), checkpoint.tokenizer.vocabulary(),
                                                      checkpoint.model.parameters.at("embedding_dim").get<std::int64_t>(), context));
    return Weights{{"embedding.weight", std::move(vectors.embedding)}};
}

/// Trains @p checkpoint's model; its weights are the start where @p fresh is false.
Result<Checkpoint> fit(Checkpoint checkpoint, bool fresh, const Splits& splits, const TrainOptions& options, RunContext& context)
{
    ESPALIER_CHECK(checkOptions(options));
    ESPALIER_CHECK(checkSplits(splits));
    ESPALIER_CHECK(checkSizes(checkpoint.model, checkpoint.tokenizer, checkpoint.labels));
    const auto& folder = options.resumeFolder; // what does not fit in memory goes beside the state
    ESPALIER_TRY(const EncodedExamples train, encodeExamples(splits.train, checkpoint.tokenizer, checkpoint.labels, folder, checkpoint.model.task));
    ESPALIER_TRY(const EncodedExamples validation, encodeExamples(splits.validation, checkpoint.tokenizer, checkpoint.labels, folder, checkpoint.model.task));
    ESPALIER_CHECK(checkLabels(splits.train, train));
    ESPALIER_CHECK(checkLabels(splits.validation, validation));
    if (fresh) {
        ESPALIER_TRY(checkpoint.weights, initialWeights(checkpoint, context));
    }
    TrainingTask task{.model = checkpoint.model, .train = train, .validation = validation, .options = options,
                      .startWeights = checkpoint.weights.empty() ? nullptr : &checkpoint.weights, .masks = checkpoint.masks, .labels = checkpoint.labels.labels()};
    task.fingerprint = fingerprintOf(task, context.seed);
    ESPALIER_TRY(TrainedWeights trained, runTraining(task, context));
    checkpoint.weights = std::move(trained.weights);
    checkpoint.history = std::move(trained.history);
    checkpoint.seed = context.seed;
    if (checkpoint.model.task == Task::MultiLabel) {
        ESPALIER_TRY(checkpoint.threshold, chooseThreshold(checkpoint, validation, context));
    }
    if (!options.resumeFolder.empty())
        removeTrainingState(options.resumeFolder);
    return checkpoint;
}

} // namespace

Result<Checkpoint> train(const ModelSpec& spec, const Tokenizer& tokenizer, const Splits& splits, const TrainOptions& options, RunContext& context)
{
    return fit(Checkpoint{spec, tokenizer, splits.labels, {}, {}, {}, context.seed}, true, splits, options, context);
}

Result<Checkpoint> fineTune(const Checkpoint& start, const Splits& splits, const TrainOptions& options, RunContext& context)
{
    Checkpoint checkpoint = start;
    ESPALIER_CHECK(applyMasks(checkpoint.weights, checkpoint.masks));
    return fit(std::move(checkpoint), false, splits, options, context);
}

} // namespace espalier
