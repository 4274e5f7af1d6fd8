// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/RoundedWeights.h"

namespace espalier {

RoundedWeights::RoundedWeights(TextModel& model, const TensorPrecisions* precisions)
{
    if (precisions == nullptr)
        return;
    for (const auto& item : model.named_parameters()) {
        torch::Tensor parameter = item.value();
        const auto shape = parameter.sizes().vec();
        const Precision& precision = precisions->of(item.key());
        if (!quantizes(precision, shape))
            continue;
        m_exact.push_back({parameter, parameter.data()});
        torch::Tensor rounded = parameter.data().to(torch::kCPU, torch::kFloat32, false, true).contiguous();
        roundTo(precision, shape, rounded.data_ptr<float>());
        parameter.set_data(rounded.to(parameter.device()));
    }
}

RoundedWeights::~RoundedWeights()
{
    for (Exact& exact : m_exact)
        exact.parameter.set_data(exact.values);
}

} // namespace espalier
