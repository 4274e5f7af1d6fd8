// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Checkpoint.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/Remedy.h"
#include "engine/core/SafeFile.h"

#include <algorithm>
#include <charconv>

namespace espalier {
namespace {

constexpr const char* formatName = "espalier-checkpoint";
constexpr std::int64_t formatVersion = 1;
constexpr const char* headName = "checkpoint.json";
constexpr const char* weightsName = "weights.safetensors";

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i == 0 ? "" : " x ") + std::to_string(shape[i]);
    return text + "]";
}

Error misfit(const std::string& detail)
{
    return {ErrorCode::InvalidFormat, detail, "The folder holds parts of different checkpoints; restore it from a copy or train again.", {}};
}

Result<void> checkWeights(const Checkpoint& checkpoint)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
    const TensorShapes shapes = type->shapes(checkpoint.model);
    for (const auto& [name, shape] : shapes) {
        const auto tensor = checkpoint.weights.find(name);
        if (tensor == checkpoint.weights.end())
            return misfit("The tensor '" + name + "' is missing.");
        if (tensor->second.shape != shape)
            return misfit("The tensor '" + name + "' has the shape " + shapeText(tensor->second.shape) + " where the model needs " + shapeText(shape) + ".");
    }
    for (const auto& [name, tensor] : checkpoint.weights)
        if (!shapes.contains(name))
            return misfit("The model has no tensor '" + name + "'.");
    return {};
}

Result<void> checkSizes(const Checkpoint& checkpoint)
{
    const auto words = static_cast<std::int64_t>(checkpoint.tokenizer.vocabulary().size());
    if (words != checkpoint.model.vocabularySize)
        return misfit("The tokenizer has " + std::to_string(words) + " tokens where the model needs " + std::to_string(checkpoint.model.vocabularySize) + ".");
    if (checkpoint.labels.size() != checkpoint.model.classes)
        return misfit("There are " + std::to_string(checkpoint.labels.size()) + " labels where the model needs " +
                      std::to_string(checkpoint.model.classes) + ".");
    return checkWeights(checkpoint);
}

/// Seeds use all 64 bits, which JSON readers may not: they are written as text.
Result<std::uint64_t> seedFrom(const std::string& text)
{
    std::uint64_t seed = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (status != std::errc{} || end != text.data() + text.size())
        return Error{ErrorCode::InvalidFormat, "'checkpoint.seed' must be a whole number written as text.", {}, {}};
    return seed;
}

Result<void> checkFormat(const Fields& fields)
{
    ESPALIER_TRY(const std::string format, fields.text("format"));
    ESPALIER_TRY(const std::int64_t version, fields.integer("version"));
    if (format != formatName)
        return Error{ErrorCode::InvalidFormat, "The file is not an Espalier checkpoint.", {}, {}};
    if (version != formatVersion)
        return Error{ErrorCode::Unsupported, "The checkpoint has the format version " + std::to_string(version) + "; this Espalier reads version 1.",
                     "Use the Espalier that wrote it, or a newer one.", {}};
    return {};
}

/// Everything but the tensors.
Result<Checkpoint> readHead(const Json& json, const Fields& fields)
{
    for (const char* part : {"model", "tokenizer", "history"})
        ESPALIER_CHECK(fields.object(part));
    ESPALIER_TRY(ModelSpec model, modelSpecFromJson(json["model"]));
    ESPALIER_TRY(Tokenizer tokenizer, Tokenizer::fromJson(json["tokenizer"]));
    ESPALIER_TRY(const auto names, fields.texts("labels"));
    LabelMap labels(names);
    if (labels.labels() != names)
        return Error{ErrorCode::InvalidFormat, "'checkpoint.labels' must be sorted and without duplicates.", {}, {}};
    ESPALIER_TRY(TrainingHistory history, trainingHistoryFromJson(json["history"]));
    ESPALIER_TRY(const std::string seedText, fields.text("seed"));
    ESPALIER_TRY(const std::uint64_t seed, seedFrom(seedText));
    ESPALIER_TRY(const double threshold, fields.numberOr("threshold", 0.5)); // absent in files of version 0.1
    std::optional<Quantization> quantization;
    if (fields.has("quantization")) {
        ESPALIER_CHECK(fields.object("quantization"));
        ESPALIER_TRY(quantization, quantizationFromJson(json["quantization"]));
    }
    return Checkpoint{std::move(model), std::move(tokenizer), std::move(labels), {}, {}, std::move(history), seed, threshold, quantization};
}

Result<Checkpoint> loadFrom(const std::filesystem::path& folder)
{
    ESPALIER_TRY(const Json json, readJsonFile(folder / headName));
    ESPALIER_TRY(const Fields fields, Fields::of(json, "checkpoint"));
    ESPALIER_CHECK(checkFormat(fields));
    ESPALIER_TRY(Checkpoint checkpoint, readHead(json, fields));
    ESPALIER_TRY(const std::string expected, fields.text("weights_sha256"));
    ESPALIER_TRY(const std::string found, sha256OfFile(folder / weightsName));
    if (found != expected)
        return misfit(std::string(weightsName) + " is not the file that " + headName + " was written with.");
    ESPALIER_CHECK(readSafetensors(folder / weightsName, checkpoint.weights, checkpoint.masks));
    ESPALIER_CHECK(checkSizes(checkpoint));
    ESPALIER_CHECK(applyMasks(checkpoint.weights, checkpoint.masks));
    return checkpoint;
}

} // namespace

double Checkpoint::sparsity() const
{
    const ModelType* type = modelCatalog().find(model.architecture);
    if (type == nullptr)
        return 0;
    std::int64_t all = 0;
    std::int64_t zeros = 0;
    for (const auto& prunable : type->prunable(model))
        if (const auto tensor = weights.find(prunable.name); tensor != weights.end()) {
            const auto& values = tensor->second.values;
            all += static_cast<std::int64_t>(values.size());
            zeros += std::count(values.begin(), values.end(), 0.0F);
        }
    return all == 0 ? 0 : static_cast<double>(zeros) / static_cast<double>(all);
}

Result<QuantizationScheme> Checkpoint::schemeFor(std::string_view precision) const
{
    if (precision != "checkpoint")
        return schemeFrom(precision);
    return quantization ? quantization->scheme : QuantizationScheme{};
}

void Checkpoint::roundWeights()
{
    if (quantization)
        TensorPrecisions(quantization->scheme, model).round(weights);
}

void Checkpoint::requantize()
{
    if (quantization)
        quantization->activations.clear();
    roundWeights();
}

Result<void> saveCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint)
{
    std::error_code status;
    std::filesystem::create_directories(folder, status);
    if (status)
        return ioError("make the folder", folder.string(), status.value());
    ESPALIER_CHECK(writeSafetensors(folder / weightsName, checkpoint.weights, checkpoint.masks));
    ESPALIER_TRY(const std::string digest, sha256OfFile(folder / weightsName));
    Json json{{"format", formatName},
              {"version", formatVersion},
              {"model", toJson(checkpoint.model)},
              {"tokenizer", checkpoint.tokenizer.toJson()},
              {"labels", checkpoint.labels.labels()},
              {"history", toJson(checkpoint.history)},
              {"seed", std::to_string(checkpoint.seed)},
              {"threshold", checkpoint.threshold},
              {"weights_sha256", digest}};
    if (checkpoint.quantization)
        json["quantization"] = toJson(*checkpoint.quantization);
    return writeFileSafely(folder / headName, dumpJsonPretty(json));
}

Result<Checkpoint> loadCheckpoint(const std::filesystem::path& folder)
{
    auto loaded = loadFrom(folder);
    if (!loaded)
        return withRemedy(loaded.error().within("Loading the checkpoint '" + folder.string() + "'"), "Restore the folder from a copy, or train again.");
    return loaded;
}

} // namespace espalier
