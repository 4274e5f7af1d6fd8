// SPDX-License-Identifier: GPL-3.0-or-later
// Optimiser: one AdamW step over all parameters of a module, with clipping and masks. The moments live in the TrainingState, so that they
// are saved with it. Includes LibTorch.
#pragma once

#include "engine/models/TextModel.h"
#include "engine/training/ResumeState.h"
#include "engine/training/Trainer.h"

namespace espalier {

class Optimiser {
public:
    /// Holds references: all must outlive it.
    Optimiser(TextModel& model, const Masks& masks, const TrainOptions& options) : m_model(model), m_masks(masks), m_options(options) {}

    /// Moments of zero for every parameter.
    void reset(TrainingState& state) const;
    /// Uses up the gradients that backward() left in the parameters; masked weights are zero afterwards.
    void step(TrainingState& state, double learningRate);

private:
    double gradientScale();
    [[nodiscard]] const Mask* maskOf(const std::string& name) const;

    TextModel& m_model;
    const Masks& m_masks;
    const TrainOptions& m_options;
};

} // namespace espalier
