// SPDX-License-Identifier: GPL-3.0-or-later
// TrainingObjective: what a training minimises instead of the task's own loss. This header is free of LibTorch, which those need who implement it.
#pragma once

#include "engine/core/Fingerprint.h"
#include "engine/core/Result.h"
#include "engine/core/RunContext.h"

namespace at {
class Tensor;
}

namespace espalier {

class TextModel;
struct BatchLogits;
struct TextBatch;

class TrainingObjective {
public:
    virtual ~TrainingObjective() = default;
    /// Called before the first batch, when @p student is where it will be trained. What takes long obeys @p context.
    virtual Result<void> begin(TextModel& student, RunContext& context) = 0;
    /// @p taskLoss and @p answers are the student's for @p batch, with their gradients; what is returned is minimised.
    virtual at::Tensor loss(const at::Tensor& taskLoss, const BatchLogits& answers, const TextBatch& batch) = 0;
    /// All that decides what loss() returns.
    virtual void addTo(Fingerprint& fingerprint) const = 0;
};

} // namespace espalier
