// SPDX-License-Identifier: GPL-3.0-or-later
// runTraining(): the loop over epochs and batches, behind train() and fineTune(). This header is free of LibTorch.
#pragma once

#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"

namespace espalier {

/// What is trained, from what, on what. Holds references: all must outlive the run.
struct TrainingTask {
    const ModelSpec& model;
    const EncodedExamples& train;
    const EncodedExamples& validation;
    const TrainOptions& options;
    const Weights* startWeights = nullptr; ///< null: fresh ones, drawn from the context's seed
    const Masks& masks;
    const std::vector<std::string>& labels;
    TrainingHooks hooks = {};
    const TensorPrecisions* rounding = nullptr; ///< what answers has weights rounded so; null: as they are
    std::string fingerprint = {}; ///< a state to resume from must have it
};

struct TrainedWeights {
    Weights weights; ///< of the best epoch, rounded where they are trained so
    Weights lastWeights;
    Masks masks; ///< of both, where they changed; else empty
    TrainingHistory history;
};

/// Errors as train() documents them.
Result<TrainedWeights> runTraining(const TrainingTask& task, RunContext& context);

} // namespace espalier
