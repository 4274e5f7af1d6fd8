// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Optimiser.h"

#include "engine/training/AdamW.h"

#include <ATen/Parallel.h>

#include <cmath>

namespace espalier {
namespace {

constexpr std::int64_t weightsPerTask = 1 << 15; ///< fewer are not worth a thread

} // namespace

void Optimiser::reset(TrainingState& state) const
{
    for (const auto& item : m_model.named_parameters()) {
        const auto count = static_cast<std::size_t>(item.value().numel());
        state.firstMoments[item.key()] = {item.value().sizes().vec(), std::vector<float>(count, 0.0F)};
    }
    state.secondMoments = state.firstMoments;
}

const Mask* Optimiser::maskOf(const std::string& name) const
{
    const auto mask = m_masks.find(name);
    return mask == m_masks.end() ? nullptr : &mask->second;
}

/// Clears the gradients of pruned weights, and returns the factor that brings the norm of all down to the limit.
double Optimiser::gradientScale()
{
    double squares = 0;
    for (auto& item : m_model.named_parameters()) {
        torch::Tensor& gradient = item.value().mutable_grad();
        if (!gradient.defined())
            continue;
        gradient = gradient.contiguous(); // step() walks over it as it lies in memory
        if (const Mask* mask = maskOf(item.key()))
            gradient.view(-1).mul_(torch::from_blob(const_cast<std::uint8_t*>(mask->data()), {gradient.numel()}, torch::kUInt8));
        squares += gradient.view(-1).dot(gradient.view(-1)).item<double>();
    }
    const double norm = std::sqrt(squares);
    const double limit = m_options.gradientClip;
    return limit > 0 && norm > limit ? limit / norm : 1;
}

void Optimiser::step(TrainingState& state, double learningRate)
{
    AdamWSettings settings{.learningRate = learningRate, .gradientScale = gradientScale()};
    ++state.step;
    for (auto& item : m_model.named_parameters()) {
        const torch::Tensor gradient = item.value().grad();
        if (!gradient.defined())
            continue;
        settings.weightDecay = item.value().dim() > 1 ? m_options.weightDecay : 0; // biases are not drawn to zero
        const Mask* mask = maskOf(item.key());
        float* weights = item.value().data_ptr<float>();
        const float* gradients = gradient.data_ptr<float>();
        float* first = state.firstMoments[item.key()].values.data();
        float* second = state.secondMoments[item.key()].values.data();
        at::parallel_for(0, item.value().numel(), weightsPerTask, [&](std::int64_t from, std::int64_t to) {
            adamWStep(settings, state.step, {weights + from, gradients + from, first + from, second + from, mask ? mask->data() + from : nullptr},
                      static_cast<std::size_t>(to - from));
        });
    }
}

} // namespace espalier
