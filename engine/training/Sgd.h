// SPDX-License-Identifier: GPL-3.0-or-later
// SGD with momentum (Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013) over plain arrays: the
// numbers of torch::optim::SGD up to rounding, but with decoupled weight decay, as AdamW's.
#pragma once

#include <cstddef>
#include <cstdint>

namespace espalier {

struct SgdSettings {
    double learningRate = 0.1;
    double weightDecay = 0; ///< decoupled: w -= learningRate * weightDecay * w
    double momentum = 0.9;
    bool nesterov = true;
    double gradientScale = 1;
};

/// Arrays of one range of one tensor, all of the same length.
struct SgdArrays {
    float* weights = nullptr;
    const float* gradients = nullptr;
    float* velocity = nullptr;
    const std::uint8_t* mask = nullptr; ///< may be null: dense. Where it is 0 the weight becomes zero
};

void sgdStep(const SgdSettings& settings, const SgdArrays& arrays, std::size_t count);

/// One step of one row of an embedding, last stepped @p elapsed steps ago: without velocity (arrays.velocity is not read), moved at once by
/// what momentum would have moved it in all, gradient / (1 - momentum).
void sgdRow(const SgdSettings& settings, std::int64_t elapsed, const SgdArrays& arrays, std::size_t count);

} // namespace espalier
