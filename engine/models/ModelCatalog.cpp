// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/ModelCatalog.h"

#include "engine/models/NgramLinear.h"
#include "engine/models/Recurrent.h"
#include "engine/models/TextCnn.h"
#include "engine/models/Transformer.h"

namespace espalier {
namespace {

constexpr std::int64_t maxVocabulary = 10'000'000;
constexpr std::int64_t maxClasses = 1'000'000;
constexpr std::uint64_t maxWeights = std::uint64_t{1} << 32;

Result<void> checkSize(const char* name, std::int64_t value, std::int64_t minimum, std::int64_t maximum)
{
    if (value >= minimum && value <= maximum)
        return {};
    return Error{ErrorCode::InvalidArgument,
                 std::string(name) + " is " + std::to_string(value) + "; it must be from " + std::to_string(minimum) + " to " + std::to_string(maximum) + ".",
                 {}, {}};
}

Result<void> checkWeightCount(const ModelType& type, const ModelSpec& spec)
{
    std::uint64_t total = 0;
    for (const auto& [name, shape] : type.shapes(spec)) {
        std::uint64_t count = 1;
        for (const std::int64_t dimension : shape)
            if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(dimension), &count))
                count = maxWeights;
        if (__builtin_add_overflow(total, count, &total) || total >= maxWeights)
            return Error{ErrorCode::InvalidArgument, "The model would have more than 4 billion weights.", "Make the vocabulary or the layers smaller.", {}};
    }
    return {};
}

/// Says which architectures can do what this one cannot.
Error unsupportedTask(const Architecture& architecture, Task task)
{
    std::string able;
    for (const Architecture& other : architectures().members())
        if (other.supports(task))
            able += (able.empty() ? "" : ", ") + other.label;
    return {ErrorCode::InvalidArgument, architecture.label + " does not do the task '" + std::string(taskName(task)) + "'.",
            able.empty() ? "" : "Choose one of these architectures: " + able + ".", {}};
}

} // namespace

const Catalog<ModelType>& modelCatalog()
{
    static const Catalog<ModelType> catalog("model", {
        textCnn(),
        ngramLinear(),
        biLstm(),
        biGru(),
        transformer(),
    });
    return catalog;
}

Result<void> checkModelSpec(const ModelSpec& spec)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(spec.architecture));
    ESPALIER_TRY(const Architecture* architecture, architectures().get(spec.architecture));
    if (!architecture->supports(spec.task))
        return unsupportedTask(*architecture, spec.task);
    for (const auto& parameter : architecture->parameters) {
        const auto given = spec.parameters.find(parameter.id);
        if (given == spec.parameters.end())
            return Error{ErrorCode::InvalidArgument, "The model's parameter '" + parameter.id + "' has no value.", {}, {}};
        if (const auto checked = checkParameter(parameter, given->second); !checked)
            return checked.error();
    }
    ESPALIER_CHECK(checkSize("The vocabulary's size", spec.vocabularySize, 2, maxVocabulary));
    ESPALIER_CHECK(checkSize("The number of classes", spec.classes, 2, maxClasses));
    ESPALIER_CHECK(type->check(spec));
    return checkWeightCount(*type, spec);
}

Result<void> checkTextLength(const ModelSpec& spec, std::int64_t maxLength)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(spec.architecture));
    if (!type->maxTokens || maxLength <= type->maxTokens(spec))
        return {};
    const std::string most = std::to_string(type->maxTokens(spec));
    return Error{ErrorCode::InvalidArgument,
                 "The tokenizer cuts texts at " + std::to_string(maxLength) + " tokens, but the model reads no more than " + most + ".",
                 "Raise the model's positions to " + std::to_string(maxLength) + ", or lower the tokenizer's longest sentence to " + most + ".", {}};
}

Result<ModelSpec> makeModelSpec(const std::string& architecture, const Parameters& given, std::int64_t vocabularySize, std::int64_t classes, Task task)
{
    ESPALIER_TRY(const Architecture* described, architectures().get(architecture));
    ModelSpec spec{.architecture = architecture, .parameters = {}, .vocabularySize = vocabularySize, .classes = classes, .task = task};
    ESPALIER_TRY(spec.parameters, completeParameters(described->parameters, given));
    ESPALIER_CHECK(checkModelSpec(spec));
    return spec;
}

Json toJson(const ModelSpec& spec)
{
    return {{"architecture", spec.architecture}, {"parameters", spec.parameters}, {"vocabulary_size", spec.vocabularySize}, {"classes", spec.classes}, {"task", taskName(spec.task)}};
}

Result<ModelSpec> modelSpecFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "model"));
    ESPALIER_TRY(const std::string architecture, fields.text("architecture"));
    ESPALIER_TRY(const std::int64_t vocabularySize, fields.integer("vocabulary_size"));
    ESPALIER_TRY(const std::int64_t classes, fields.integer("classes"));
    ESPALIER_CHECK(fields.object("parameters"));
    Parameters given;
    for (const auto& [id, value] : json["parameters"].items())
        given[id] = value;
    ESPALIER_TRY(const std::string taskText, fields.textOr("task", "single_label")); // absent in files of version 0.1
    ESPALIER_TRY(const Task task, taskFromName(taskText));
    return makeModelSpec(architecture, given, vocabularySize, classes, task);
}

} // namespace espalier
