// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Preparation.h"

#include "engine/core/Fingerprint.h"
#include "engine/models/WordVectors.h"
#include "engine/training/ComputeDevice.h"
#include "engine/training/MaskSchedule.h"
#include "engine/training/TrainingObjective.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace espalier {
namespace {

constexpr double unlimited = std::numeric_limits<double>::max();

struct Range {
    const char* option;
    double value;
    double minimum;
    double maximum;
    bool above = false; ///< the minimum itself is not allowed
};

Result<void> checkRange(const Range& range)
{
    const bool low = range.above ? !(range.value > range.minimum) : !(range.value >= range.minimum);
    if (!low && range.value <= range.maximum)
        return {};
    std::string allowed = (range.above ? "above " : "at least ") + Json(range.minimum).dump();
    if (range.maximum < unlimited)
        allowed += " and at most " + Json(range.maximum).dump();
    return Error{ErrorCode::InvalidArgument, std::string("'") + range.option + "' is " + Json(range.value).dump() + "; it must be " + allowed + ".",
                 std::string("Set ") + range.option + " within that range.", {}};
}

struct Choice {
    const char* option;
    const std::string& value;
    std::vector<std::string> known;
};

Result<void> checkChoice(const Choice& choice)
{
    if (std::find(choice.known.begin(), choice.known.end(), choice.value) != choice.known.end())
        return {};
    std::string known;
    for (const std::string& value : choice.known)
        known += (known.empty() ? "" : ", ") + value;
    return Error{ErrorCode::InvalidArgument, std::string("'") + choice.option + "' is '" + choice.value + "', which is not known.", "Choose one of: " + known + ".", {}};
}

Result<void> checkPrecision(const TrainOptions& options)
{
    if (options.precision == "bf16" && !hasBf16Products() && options.device == "cpu")
        return Error{ErrorCode::Unsupported, "'precision' is bf16, and this processor has no bf16 products (AVX512_BF16 or AMX).", "Set precision to fp32.", {}};
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

Error misfit(const std::string& what, std::int64_t found, const std::string& of, std::int64_t expected)
{
    return {ErrorCode::InvalidArgument, "The model has " + std::to_string(found) + " " + what + " where " + of + " has " + std::to_string(expected) + ".",
            "Make the model for this tokenizer and these labels.", {}};
}

Result<void> checkSizes(const Checkpoint& checkpoint)
{
    ESPALIER_CHECK(checkModelSpec(checkpoint.model));
    ESPALIER_CHECK(checkTextLength(checkpoint.model, checkpoint.tokenizer.spec().maxLength));
    const auto words = static_cast<std::int64_t>(checkpoint.tokenizer.vocabulary().size());
    if (checkpoint.model.vocabularySize != words)
        return misfit("tokens", checkpoint.model.vocabularySize, "the tokenizer", words);
    if (checkpoint.model.classes != checkpoint.labels.size())
        return misfit("classes", checkpoint.model.classes, "the data", checkpoint.labels.size());
    return {};
}

Result<void> checkLabels(const ExampleTable& examples, const EncodedExamples& encoded)
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

Json decisive(const TrainOptions& o)
{
    return {{"epochs", o.epochs}, {"batch", o.batchSize}, {"batch_by", o.batchBy}, {"accumulation", o.accumulation}, {"rate", o.learningRate},
            {"decay", o.weightDecay}, {"embedding_decay", o.embeddingDecay}, {"patience", o.patience}, {"clip", o.gradientClip},
            {"smoothing", o.labelSmoothing}, {"optimiser", o.optimiser}, {"momentum", o.momentum}, {"nesterov", o.nesterov}, {"rows", o.sparseRows},
            {"schedule", o.schedule}, {"warm_up", o.warmUp}, {"class_weights", o.classWeights}, {"monitor", o.monitor}, {"precision", o.precision}};
}

} // namespace

Result<void> checkOptions(const TrainOptions& o)
{
    const Range ranges[] = {{"epochs", double(o.epochs), 1, unlimited},
                            {"batch_size", double(o.batchSize), 1, unlimited},
                            {"accumulation", double(o.accumulation), 1, unlimited},
                            {"learning_rate", o.learningRate, 0, unlimited, true},
                            {"weight_decay", o.weightDecay, 0, unlimited},
                            {"embedding_decay", o.embeddingDecay, 0, unlimited},
                            {"gradient_clip", o.gradientClip, 0, unlimited},
                            {"momentum", o.momentum, 0, 0.9999},
                            {"warm_up", o.warmUp, 0, 1},
                            {"label_smoothing", o.labelSmoothing, 0, 0.9999},
                            {"patience", double(o.patience), 0, unlimited},
                            {"threads", double(o.threads), 0, 1024}};
    for (const Range& range : ranges)
        ESPALIER_CHECK(checkRange(range));
    const Choice choices[] = {{"batch_by", o.batchBy, {"sentences", "tokens"}},
                              {"optimiser", o.optimiser, {"adamw", "sgd"}},
                              {"schedule", o.schedule, {"cosine", "linear", "constant", "one_cycle"}},
                              {"class_weights", o.classWeights, {"none", "balanced"}},
                              {"monitor", o.monitor, {"accuracy", "macro_f1", "loss"}},
                              {"precision", o.precision, {"fp32", "bf16"}}};
    for (const Choice& choice : choices)
        ESPALIER_CHECK(checkChoice(choice));
    ESPALIER_CHECK(resolveDevice(o.device));
    return checkPrecision(o);
}

Result<EncodedParts> prepare(const Checkpoint& checkpoint, const Splits& splits, const TrainOptions& options)
{
    ESPALIER_CHECK(checkOptions(options));
    ESPALIER_CHECK(checkSplits(splits));
    ESPALIER_CHECK(checkSizes(checkpoint));
    if (options.classWeights != "none" && checkpoint.model.task != Task::SingleLabel)
        return Error{ErrorCode::InvalidArgument, "'class_weights' is " + options.classWeights + ", which only a task with one class a text knows.",
                     "Set class_weights to none.", {}};
    const auto& folder = options.resumeFolder; // what does not fit in memory goes beside the state
    ESPALIER_TRY(EncodedExamples train, encodeExamples(splits.train, checkpoint.tokenizer, checkpoint.labels, folder, checkpoint.model.task));
    ESPALIER_TRY(EncodedExamples validation, encodeExamples(splits.validation, checkpoint.tokenizer, checkpoint.labels, folder, checkpoint.model.task));
    ESPALIER_CHECK(checkLabels(splits.train, train));
    ESPALIER_CHECK(checkLabels(splits.validation, validation));
    return EncodedParts{std::move(train), std::move(validation)};
}

Result<Weights> initialWeights(const Checkpoint& checkpoint, const RunContext& context)
{
    const auto file = checkpoint.model.parameters.find("vectors_file");
    if (file == checkpoint.model.parameters.end() || file->second == "")
        return Weights{};
    ESPALIER_TRY(WordVectors vectors, loadWordVectors(file->second.get<std::string>(), checkpoint.tokenizer.vocabulary(),
                                                      checkpoint.model.parameters.at("embedding_dim").get<std::int64_t>(), context));
    return Weights{{"embedding.weight", std::move(vectors.embedding)}};
}

std::string fingerprintOf(const TrainingTask& task, std::uint64_t seed)
{
    Fingerprint fingerprint;
    fingerprint.add("trainer", "2").add("model", dumpJson(toJson(task.model))).add("options", dumpJson(decisive(task.options))).add("seed", std::to_string(seed));
    addExamples(fingerprint, task.train);
    addExamples(fingerprint, task.validation);
    if (task.startWeights != nullptr)
        for (const auto& [name, tensor] : *task.startWeights)
            fingerprint.add(name, bytesOf(tensor.values));
    for (const auto& [name, mask] : task.masks)
        fingerprint.add(name, bytesOf(mask));
    if (task.rounding != nullptr)
        fingerprint.add("rounding", textOf(task.rounding->scheme()));
    if (task.hooks.unlabelled > 0)
        fingerprint.add("unlabelled", std::to_string(task.hooks.unlabelled));
    if (task.hooks.masks != nullptr)
        task.hooks.masks->addTo(fingerprint);
    if (task.hooks.objective != nullptr)
        task.hooks.objective->addTo(fingerprint);
    return fingerprint.hex();
}

} // namespace espalier
