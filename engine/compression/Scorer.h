// SPDX-License-Identifier: GPL-3.0-or-later
// Scorer: how important each weight of a tensor is. A scorer sees one tensor and neither its name nor the model, so that every
// scorer serves every architecture. One line a scorer in ScorerCatalog.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/models/Weights.h"

#include <functional>

namespace espalier {

struct Grouping;

/// One an element, not negative; the smaller, the sooner it is pruned.
using Scores = std::vector<float>;

/// What a score asks of data, for each tensor by itself.
enum class Measurement {
    None,
    Gradient,   ///< of the loss by each element: as the tensor
    InputNorms, ///< L2 norms of what the elements are multiplied with: dimensions as the tensor's, of size 1 where the index does not change the input
    Fisher,     ///< blocks of second derivatives: see FisherBlocks.h
    Movement,   ///< gathered step by step while the model trains: as the tensor
};

struct ScoreInput {
    const Tensor& tensor;
    const Mask* mask;   ///< null: nothing is pruned; else as many elements as the tensor
    std::uint64_t seed; ///< of this tensor
    const Tensor* measured = nullptr; ///< what the scorer asks for
};

struct Scorer {
    std::string id;
    std::string label;
    std::function<Scores(const ScoreInput& input)> score;
    Measurement measures = Measurement::None;
    /// Elements are compared with those that feed the same output only, so that every output loses the same share.
    bool perOutput = false;
    /// The scores of groups that fall together, where they are more than the mean of their elements'; prunedScore where nothing is left.
    std::function<Scores(const ScoreInput& input, const Grouping& grouping)> scoreGroups = {};
    /// Changes what @p input's mask keeps of @p tensor so as to make up for what it prunes; @p tensor still has the values of what falls now, and loses them.
    std::function<void(const ScoreInput& input, Tensor& tensor)> compensate = {};
};

const Catalog<Scorer>& scorerCatalog();

} // namespace espalier
