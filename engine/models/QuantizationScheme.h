// SPDX-License-Identifier: GPL-3.0-or-later
// QuantizationScheme: the precision of each tensor of a model, by kind: embeddings are tables of which a sentence reads a few rows, everything else is
// multiplied. As a text: the precision of the weights, and behind a plus that of the embeddings where it is another: "int8", "int4:32+int8". This
// header is free of LibTorch.
#pragma once

#include "engine/models/ModelCatalog.h"
#include "engine/models/Quantization.h"

#include <set>

namespace espalier {

struct QuantizationScheme {
    Precision weights;
    Precision embeddings;

    bool operator==(const QuantizationScheme&) const = default;
};

/// InvalidArgument names what is wrong.
Result<QuantizationScheme> schemeFrom(std::string_view text);
std::string textOf(const QuantizationScheme& scheme);

/// By the output of an op of the model's program, and an attribute that the op takes (edge/Program.h): the largest |value| that its inputs are taken to have.
using ActivationRanges = std::map<std::string, std::map<std::string, double>>;

/// What a checkpoint says of itself: its weights are what codes of the scheme stand for, and a package that follows it holds just them.
struct Quantization {
    QuantizationScheme scheme;
    bool trained = false; ///< under this rounding; otherwise rounded after training
    ActivationRanges activations = {}; ///< calibrated; empty: the device measures each row anew
};

Json toJson(const Quantization& quantization);
Result<Quantization> quantizationFromJson(const Json& json);

/// A scheme for one model: embeddings are what the ops of its program look rows up in.
class TensorPrecisions {
public:
    /// @p model passed checkModelSpec().
    TensorPrecisions(const QuantizationScheme& scheme, const ModelSpec& model);

    /// By the name of a tensor.
    [[nodiscard]] const Precision& of(const std::string& tensor) const { return m_tables.contains(tensor) ? m_scheme.embeddings : m_scheme.weights; }

    [[nodiscard]] const QuantizationScheme& scheme() const { return m_scheme; }
    /// Rounds every tensor of @p weights.
    void round(Weights& weights) const;

private:
    QuantizationScheme m_scheme;
    std::set<std::string> m_tables;
};

} // namespace espalier
