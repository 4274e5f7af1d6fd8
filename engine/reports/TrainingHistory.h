// SPDX-License-Identifier: GPL-3.0-or-later
// What a training run went through, epoch by epoch: the material of the curves.
#pragma once

#include "engine/core/Json.h"

#include <string>
#include <vector>

namespace espalier {

struct EpochRecord {
    int epoch = 0; ///< from 1
    double trainLoss = 0; ///< mean cross-entropy in nats over the epoch
    double trainAccuracy = 0; ///< 0 to 1: share of classes, labels or tags that are right
    double validationLoss = 0;
    double validationAccuracy = 0; ///< 0 to 1: the history's score
    double seconds = 0;
    double validationMacroF1 = 0; ///< 0 to 1
    double trainSeconds = 0; ///< of them, those that the steps took
    double sparsity = 0; ///< 0 to 1, at the epoch's end, where it grew while training; else 0
};

struct TrainingHistory {
    std::vector<EpochRecord> epochs;
    int bestEpoch = 0; ///< the epoch whose weights were kept; 0 before the first
    bool stoppedEarly = false; ///< before the number of epochs was reached
    bool finishedOnRequest = false; ///< the user asked for the best so far
    std::string score = "accuracy"; ///< what validationAccuracy measures: a name of scoreName()

    bool operator==(const TrainingHistory&) const = default;
};

bool operator==(const EpochRecord&, const EpochRecord&);
Json toJson(const TrainingHistory& history);
Result<TrainingHistory> trainingHistoryFromJson(const Json& json);

} // namespace espalier
