// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoint: a trained model with all that is needed to use it or train it on: specification, tokenizer, labels, weights,
// masks, history and seed. On disk a folder with checkpoint.json and weights.safetensors, both replaced safely.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/models/ModelCatalog.h"
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

    /// Share of zeros among the weights of prunable tensors, 0 to 1.
    [[nodiscard]] double sparsity() const;
};

Result<void> saveCheckpoint(const std::filesystem::path& folder, const Checkpoint& checkpoint);
/// Verifies that tensors and masks fit the specification.
Result<Checkpoint> loadCheckpoint(const std::filesystem::path& folder);

} // namespace espalier
