// SPDX-License-Identifier: GPL-3.0-or-later
// Learner: the module of one task with its loss and its optimiser on one device; takes the steps that a training or a search for a rate
// consists of. Includes LibTorch.
#pragma once

#include "engine/data/Batching.h"
#include "engine/evaluation/TaskHead.h"
#include "engine/training/Optimiser.h"
#include "engine/training/TrainingLoop.h"

#include <optional>

namespace espalier {

class Learner {
public:
    /// Fresh weights are drawn from @p seed. @p task must outlive it. Errors: as resolveDevice(); weights that do not fit.
    static Result<std::unique_ptr<Learner>> create(const TrainingTask& task, std::uint64_t seed);

    [[nodiscard]] TextModel& model() { return *m_model; }
    [[nodiscard]] Optimiser& optimiser() { return *m_optimiser; }

    /// Forward and backward over sentences of the training part, with the weights rounded as the task says; adds to the gradients. Dropout draws from @p seed alone.
    BatchLoss learn(std::span<const std::uint32_t> indices, std::uint64_t seed);

private:
    Learner(const TrainingTask& task, torch::Device device) : m_task(task), m_device(device) {}
    [[nodiscard]] torch::Tensor forward(const TextBatch& batch);
    [[nodiscard]] BatchLoss taskLoss(const BatchLogits& batch) const;

    const TrainingTask& m_task;
    torch::Device m_device;
    std::shared_ptr<TextModel> m_model;
    std::optional<Optimiser> m_optimiser;
    torch::Tensor m_classWeights; ///< undefined: all alike
};

/// Limits on batches as @p options give them.
BatchLimit batchLimitOf(const TrainOptions& options);

/// Threads and arithmetic as training wants them, on a GPU what repeats exactly; the caller's thread gets its arithmetic back.
class TorchSettings {
public:
    explicit TorchSettings(const TrainOptions& options);
    TorchSettings(const TorchSettings&) = delete;
    TorchSettings& operator=(const TorchSettings&) = delete;
    ~TorchSettings();
};

} // namespace espalier
