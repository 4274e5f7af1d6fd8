// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingState: all that a training run needs to go on after a step as if it had never stopped, and its files: state.json, which names the
// safetensors file it belongs to, so that a run killed while saving finds the state saved before.
#pragma once

#include "engine/models/Weights.h"
#include "engine/reports/TrainingHistory.h"

#include <array>
#include <optional>

namespace espalier {

/// How far an epoch is. Its batches and their order follow from @c random.
struct EpochPosition {
    std::array<std::uint64_t, 4> random{}; ///< the shuffle's generator as the epoch began
    std::int64_t batches = 0;   ///< done
    std::int64_t sentences = 0; ///< done
    std::int64_t decisions = 0; ///< of them: classes, labels or tags
    double loss = 0;            ///< sum over the decisions, in nats
    std::int64_t correct = 0;
    double seconds = 0;
};

struct TrainingState {
    TrainingHistory history; ///< of the epochs that are done
    EpochPosition position;  ///< in the epoch under way
    Weights weights;
    Weights bestWeights;
    Weights firstMoments; ///< of the optimiser
    Weights secondMoments;
    Weights rowSteps; ///< of embeddings: the step each row was stepped last
    Masks masks; ///< where they change as training goes; else empty
    Weights memory; ///< of the schedule that changes them
    std::int64_t step = 0; ///< optimiser steps done
};

/// Replaces the state in @p folder, which is made when absent. @p fingerprint tells what is being trained, how and on what.
Result<void> saveTrainingState(const std::filesystem::path& folder, const std::string& fingerprint, const TrainingState& state);

/// The state in @p folder; nothing when there is none or when it belongs to another fingerprint. A damaged state is an error.
Result<std::optional<TrainingState>> loadTrainingState(const std::filesystem::path& folder, const std::string& fingerprint);

/// Removes the state's files, and the folder when nothing else is in it.
void removeTrainingState(const std::filesystem::path& folder);

} // namespace espalier
