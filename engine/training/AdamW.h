// SPDX-License-Identifier: GPL-3.0-or-later
// AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019) over plain arrays, in one pass, with masks: the same numbers
// as torch::optim::AdamW up to rounding, but one sweep over memory instead of a dozen, and moments that can be saved as they are.
#pragma once

#include <cstddef>
#include <cstdint>

namespace espalier {

struct AdamWSettings {
    double learningRate = 1e-3;
    double weightDecay = 0.01; ///< decoupled: w -= learningRate * weightDecay * w
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double gradientScale = 1; ///< gradients are multiplied by it first (clipping)
};

/// Arrays of one range of one tensor, all of the same length.
struct AdamWArrays {
    float* weights = nullptr;
    const float* gradients = nullptr;
    float* firstMoments = nullptr;
    float* secondMoments = nullptr;
    const std::uint8_t* mask = nullptr; ///< may be null: dense. Where it is 0 the weight becomes zero
};

/// One step over @p count elements; @p step counts from 1.
void adamWStep(const AdamWSettings& settings, std::int64_t step, const AdamWArrays& arrays, std::size_t count);

/// One step of one row of an embedding, which was last stepped @p elapsed steps ago (1: the step before). The second moment decays, and the
/// decay of weights is made up, for all of them, as if the gradient had been zero meanwhile. There is no first moment: a gradient moves the
/// row at once by all that momentum would have moved it over the steps to come, most of which the row would not see.
void adamWRow(const AdamWSettings& settings, std::int64_t step, std::int64_t elapsed, const AdamWArrays& arrays, std::size_t count);

} // namespace espalier
