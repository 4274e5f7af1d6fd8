// SPDX-License-Identifier: GPL-3.0-or-later
// RoundedWeights: a model's weights as a package will hold them, for as long as it lives; then they are again what they were. Gradients that meanwhile
// were measured belong to the rounded weights and are applied to the others: the straight-through estimator (Bengio, Leonard and Courville, 2013),
// of quantisation-aware training (Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only inference",
// CVPR 2018). Includes LibTorch.
#pragma once

#include "engine/models/QuantizationScheme.h"
#include "engine/models/TextModel.h"

namespace espalier {

class RoundedWeights {
public:
    /// @p model must outlive it. Null: nothing happens.
    RoundedWeights(TextModel& model, const TensorPrecisions* precisions);
    RoundedWeights(const RoundedWeights&) = delete;
    RoundedWeights& operator=(const RoundedWeights&) = delete;
    ~RoundedWeights();

private:
    struct Exact {
        torch::Tensor parameter;
        torch::Tensor values;
    };
    std::vector<Exact> m_exact;
};

} // namespace espalier
