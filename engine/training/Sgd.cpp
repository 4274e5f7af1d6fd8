// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Sgd.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

void applyMask(const SgdArrays& arrays, std::size_t count)
{
    if (arrays.mask != nullptr)
        for (std::size_t i = 0; i < count; ++i)
            arrays.weights[i] = arrays.mask[i] == 0 ? 0.0F : arrays.weights[i];
}

} // namespace

void sgdStep(const SgdSettings& settings, const SgdArrays& arrays, std::size_t count)
{
    const auto shrink = static_cast<float>(1 - settings.learningRate * settings.weightDecay);
    const auto rate = static_cast<float>(settings.learningRate);
    const auto momentum = static_cast<float>(settings.momentum);
    const auto scale = static_cast<float>(settings.gradientScale);
    const float ofGradient = settings.nesterov ? 1.0F : 0.0F;
    const float ofVelocity = settings.nesterov ? momentum : 1.0F;
    float* __restrict w = arrays.weights;
    const float* __restrict g = arrays.gradients;
    float* __restrict v = arrays.velocity;
    for (std::size_t i = 0; i < count; ++i) {
        const float gradient = g[i] * scale;
        v[i] = momentum * v[i] + gradient;
        w[i] = w[i] * shrink - rate * (ofGradient * gradient + ofVelocity * v[i]);
    }
    applyMask(arrays, count);
}

void sgdRow(const SgdSettings& settings, std::int64_t elapsed, const SgdArrays& arrays, std::size_t count)
{
    const auto shrink = static_cast<float>(std::pow(1 - settings.learningRate * settings.weightDecay, static_cast<double>(elapsed)));
    const auto rate = static_cast<float>(settings.learningRate * settings.gradientScale / std::max(1e-6, 1 - settings.momentum));
    for (std::size_t i = 0; i < count; ++i)
        arrays.weights[i] = arrays.weights[i] * shrink - rate * arrays.gradients[i];
    applyMask(arrays, count);
}

} // namespace espalier
