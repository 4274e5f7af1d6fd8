// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoint: a trained model with all that is needed to use it or train it on: specification, tokenizer, labels, weights,
// masks, history and seed. On disk a folder with checkpoint.json and weights.safetensors, both replaced safely.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/models/QuantizationScheme.h"
#include "engine/models/Weights.h"
#include "engine/reports/TrainingHistory.h"
#include "engine/tokenizers/Tokenizer.h"

#include <optional>

namespace espalier {

struct Checkpoint {
    ModelSpec model;
    Tokenizer tokenizer;
    LabelMap labels;
    Weights weights;
    Masks masks; ///< empty: dense
    TrainingHistory history;
    std::uint64_t seed = 1;
    double threshold = 0.5; ///< MultiLabel: from which probability on a label is given; chosen on the validation part
    std::optional<Quantization> quantization = {}; ///< the weights are rounded so, and stay so when they are trained on; none: they are fp32

    /// Share of zeros among the weights of prunable tensors, 0 to 1.
    [[nodiscard]] double sparsity() const;
    /// The scheme that @p precision names; "checkpoint": its own, or int8 where it has none.
    [[nodiscard]] Result<QuantizationScheme> schemeFor(std::string_view precision) const;
    /// Rounds the weights as the quantization says; nothing where there is none.
    void roundWeights();
    /// After weights were taken out: scales follow what is left, and calibrated ranges, which were of other weights, go.
    void requantize();
};

Result<void> saveCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);
/// Verifies that tensors and masks fit the specification.
Result<Checkpoint> loadCheckpoint(const std::filesystem::path& folder);

} // namespace espalier
