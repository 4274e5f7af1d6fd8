// SPDX-License-Identifier: GPL-3.0-or-later
// GroupImportance: how much a model needs each of its groups (engine/models/PrunableGroups.h), so that shrinking keeps those it needs most. A scorer sees the tensors
// of one set of groups and no name of an architecture. One line a scorer in GroupImportance.cpp; the choices of the Shrink node are the same.
#pragma once

#include "engine/compression/Shrinking.h"
#include "engine/core/RunContext.h"
#include "engine/data/Dataset.h"

#include <functional>

namespace espalier {

struct GroupScoreInput {
    const GroupSet& set;
    const Weights& weights;
    std::uint64_t seed;       ///< of this set
    const Weights* gradients; ///< of one batch's mean loss, by the set's outgoing weights; given where the scorer needs them
};

struct GroupScorer {
    std::string id;
    std::string label;
    /// One a group; the smaller, the sooner it goes. With gradients it is asked for each batch, and the sum counts.
    std::function<std::vector<double>(const GroupScoreInput&)> score;
    bool needsGradients = false;
};

const Catalog<GroupScorer>& groupScorerCatalog();

struct GroupScoreOptions {
    std::string score = "magnitude"; ///< of groupScorerCatalog()
    std::uint64_t seed = 1;          ///< of the score "random", and of the sentences drawn
    std::size_t sentences = 0;       ///< of @p training to measure gradients on; 0: all
};

/// Of all groups of a kind of which @p smaller has fewer, and which compete. Errors: an unknown score; where sentences are measured, as lossGradients().
Result<GroupScoreTable> scoreGroups(const Checkpoint& checkpoint, const ModelSpec& smaller, const GroupScoreOptions& options, const ExampleTable& training,
                                    RunContext& context);

} // namespace espalier
