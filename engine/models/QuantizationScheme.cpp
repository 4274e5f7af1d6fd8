// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/QuantizationScheme.h"

#include <array>

namespace espalier {

namespace {

constexpr std::array<std::string_view, 3> tableOps{"embedding", "ngram_mean", "add_positions"};

Result<ActivationRanges> rangesFrom(const Fields& quantization)
{
    ActivationRanges ranges;
    ESPALIER_TRY(const Fields ops, quantization.object("activations"));
    const Json members = ops.unknown({});
    for (const auto& [output, attributes] : members.items()) {
        ESPALIER_TRY(const Fields op, ops.object(output));
        for (const auto& [attribute, value] : attributes.items()) {
            ESPALIER_TRY(ranges[output][attribute], op.number(attribute));
        }
    }
    return ranges;
}

} // namespace

Result<QuantizationScheme> schemeFrom(std::string_view text)
{
    const std::size_t plus = text.find('+');
    QuantizationScheme scheme;
    ESPALIER_TRY(scheme.weights, precisionFrom(text.substr(0, plus)));
    scheme.embeddings = scheme.weights;
    if (plus != std::string_view::npos) {
        ESPALIER_TRY(scheme.embeddings, precisionFrom(text.substr(plus + 1)));
    }
    return scheme;
}

std::string textOf(const QuantizationScheme& scheme)
{
    const std::string weights = textOf(scheme.weights);
    return scheme.embeddings == scheme.weights ? weights : weights + "+" + textOf(scheme.embeddings);
}

Json toJson(const Quantization& quantization)
{
    Json json{{"precision", textOf(quantization.scheme)}, {"trained", quantization.trained}};
    if (!quantization.activations.empty())
        json["activations"] = quantization.activations;
    return json;
}

Result<Quantization> quantizationFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "quantization"));
    Quantization quantization;
    ESPALIER_TRY(const std::string precision, fields.text("precision"));
    ESPALIER_TRY(quantization.scheme, schemeFrom(precision));
    ESPALIER_TRY(quantization.trained, fields.boolean("trained"));
    if (fields.has("activations")) {
        ESPALIER_TRY(quantization.activations, rangesFrom(fields));
    }
    return quantization;
}

TensorPrecisions::TensorPrecisions(const QuantizationScheme& scheme, const ModelSpec& model) : m_scheme(scheme)
{
    const ModelType* type = modelCatalog().find(model.architecture);
    if (type == nullptr)
        return;
    for (const edge::Op& op : type->lower(model).ops)
        if (std::find(tableOps.begin(), tableOps.end(), op.kind) != tableOps.end())
            for (const auto& [role, name] : op.tensors)
                m_tables.insert(name);
}

void TensorPrecisions::round(Weights& weights) const
{
    for (auto& [name, tensor] : weights)
        roundTo(of(name), tensor.shape, tensor.values.data());
}

} // namespace espalier
