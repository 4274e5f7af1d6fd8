// SPDX-License-Identifier: GPL-3.0-or-later
// MovementMeter: how far each step moves weights away from zero, summed over the steps of a training: S -= learning rate x w x dL/dw (Sanh, Wolf and Rush,
// "Movement pruning", NeurIPS 2020, equation 3). The gradient of a pruned weight is the one it would have if it counted (the straight-through estimator),
// and its w the value with which it fell, so that its sum goes on and it may come back. Includes LibTorch.
#pragma once

#include "engine/models/TextModel.h"

namespace espalier {

class MovementMeter {
public:
    MovementMeter(const TextModel& model, const std::vector<std::string>& tensors);

    /// From the gradients that @p accumulated calls of backward() left in the parameters, before the optimiser uses them up.
    void addStep(double learningRate, std::int64_t accumulated);

    /// Under movementName() and fallenName() of each tensor; what @p memory does not have is zero.
    void load(const Weights& memory);
    void save(Weights& memory) const;

private:
    struct Slot {
        std::string name;
        torch::Tensor parameter;
        torch::Tensor movement;
        torch::Tensor fallen; ///< undefined: nothing fell
    };
    std::vector<Slot> m_slots;
};

} // namespace espalier
