// SPDX-License-Identifier: GPL-3.0-or-later
// Optimiser: steps over all parameters of a module, with clipping by the global norm, masks, and decay by group (none for biases and norms,
// its own for embeddings). Of an embedding only the rows that occurred are touched, so a step costs what a batch holds and not what the
// vocabulary holds; AdamW.h and Sgd.h say what that means for them. Includes LibTorch.
#pragma once

#include "engine/models/TextModel.h"
#include "engine/training/RateSchedule.h"
#include "engine/training/ResumeState.h"
#include "engine/training/Trainer.h"
#include "engine/training/UpdateRule.h"

namespace espalier {

class Optimiser {
public:
    /// Holds references: all must outlive it. Tells the module's embeddings to give sparse gradients where rows are stepped alone, on the CPU.
    Optimiser(TextModel& model, const Masks& masks, const TrainOptions& options);

    /// Others from now on; what they prune is zero at once. Holds the reference.
    void setMasks(const Masks& masks);

    void clearGradients();
    /// Uses up the gradients that @p accumulated calls of backward() left in the parameters; masked weights are zero afterwards.
    void step(const StepRates& rates, std::int64_t accumulated = 1);

    /// Moments and step, as they are.
    void save(TrainingState& state) const;
    void load(const TrainingState& state);

private:
    /// The rows that have a gradient, each once, in the order they first occur.
    struct RowGradient {
        std::vector<std::int64_t> rows;
        std::vector<float> sums; ///< [rows x columns]
    };
    struct Slot {
        std::string name;
        torch::Tensor parameter;
        torch::Tensor gradient; ///< dense, of this step
        const Mask* mask = nullptr;
        torch::Tensor maskValues; ///< off the CPU: the mask as numbers
        double decay = 0;
        torch::Tensor first;    ///< moments; undefined until used
        torch::Tensor second;
        torch::Tensor rowSteps; ///< [V]: the step each row was stepped last
        RowGradient rows;
        std::vector<std::int32_t> places; ///< [V]: scratch of collect()
    };

    static void setMask(Slot& slot, const Masks& masks);
    static void collect(Slot& slot, const torch::Tensor& gradient);
    double takeGradients(Slot& slot) const;
    void stepDense(Slot& slot, UpdateSettings settings) const;
    void stepTensors(const std::vector<Slot*>& slots, const UpdateSettings& settings) const;
    void stepRows(Slot& slot, UpdateSettings settings) const;

    const TrainOptions& m_options;
    std::unique_ptr<UpdateRule> m_rule;
    std::vector<Slot> m_slots;
    std::int64_t m_step = 0;
};

} // namespace espalier
