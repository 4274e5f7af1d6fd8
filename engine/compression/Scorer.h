// SPDX-License-Identifier: GPL-3.0-or-later
// Scorer: how important each weight of a tensor is. A scorer sees one tensor and neither its name nor the model, so that every
// scorer serves every architecture. One line a scorer in ScorerCatalog.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/models/Weights.h"

#include <functional>

namespace espalier {

/// One an element, not negative; the smaller, the sooner it is pruned.
using Scores = std::vector<float>;

struct ScoreInput {
    const Tensor& tensor;
    const Mask* mask;   ///< null: nothing is pruned; else as many elements as the tensor
    std::uint64_t seed; ///< of this tensor
    const Tensor* gradient = nullptr; ///< of the loss by each element; given where the scorer needs it
};

struct Scorer {
    std::string id;
    std::string label;
    std::function<Scores(const ScoreInput& input)> score;
    bool needsGradients = false; ///< measured on calibration sentences
};

const Catalog<Scorer>& scorerCatalog();

} // namespace espalier
