// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/AdamW.h"

#include <cmath>

namespace espalier {
namespace {

void applyMask(const AdamWArrays& arrays, std::size_t count)
{
    if (arrays.mask != nullptr)
        for (std::size_t i = 0; i < count; ++i)
            arrays.weights[i] = arrays.mask[i] == 0 ? 0.0F : arrays.weights[i];
}

} // namespace

void adamWStep(const AdamWSettings& settings, std::int64_t step, const AdamWArrays& arrays, std::size_t count)
{
    const auto t = static_cast<double>(step);
    const auto shrink = static_cast<float>(1 - settings.learningRate * settings.weightDecay);
    const auto rate = static_cast<float>(settings.learningRate / (1 - std::pow(settings.beta1, t)));
    const auto correction = static_cast<float>(1 / std::sqrt(1 - std::pow(settings.beta2, t)));
    const auto epsilon = static_cast<float>(settings.epsilon);
    const auto scale = static_cast<float>(settings.gradientScale);
    const auto beta1 = static_cast<float>(settings.beta1);
    const auto beta2 = static_cast<float>(settings.beta2);
    float* __restrict w = arrays.weights;
    const float* __restrict g = arrays.gradients;
    float* __restrict m = arrays.firstMoments;
    float* __restrict v = arrays.secondMoments;
    for (std::size_t i = 0; i < count; ++i) {
        const float gradient = g[i] * scale;
        m[i] = beta1 * m[i] + (1 - beta1) * gradient;
        v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
        w[i] = w[i] * shrink - rate * m[i] / (std::sqrt(v[i]) * correction + epsilon);
    }
    applyMask(arrays, count);
}

void adamWRow(const AdamWSettings& settings, std::int64_t step, std::int64_t elapsed, const AdamWArrays& arrays, std::size_t count)
{
    const auto missed = static_cast<double>(elapsed);
    const auto shrink = static_cast<float>(std::pow(1 - settings.learningRate * settings.weightDecay, missed));
    const auto keep = static_cast<float>(std::pow(settings.beta2, missed));
    const auto correction = static_cast<float>(1 / std::sqrt(1 - std::pow(settings.beta2, static_cast<double>(step))));
    const auto take = static_cast<float>(1 - settings.beta2);
    const auto rate = static_cast<float>(settings.learningRate);
    const auto epsilon = static_cast<float>(settings.epsilon);
    const auto scale = static_cast<float>(settings.gradientScale);
    float* __restrict w = arrays.weights;
    const float* __restrict g = arrays.gradients;
    float* __restrict v = arrays.secondMoments;
    for (std::size_t i = 0; i < count; ++i) {
        const float gradient = g[i] * scale;
        v[i] = keep * v[i] + take * gradient * gradient;
        w[i] = w[i] * shrink - rate * gradient / (std::sqrt(v[i]) * correction + epsilon);
    }
    applyMask(arrays, count);
}

} // namespace espalier
