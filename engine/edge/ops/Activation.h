// SPDX-License-Identifier: Apache-2.0
// The functions that an op may apply to each number of its output, by the attribute "activation".
#pragma once

#include "engine/edge/ops/Step.h"

namespace espalier::edge {

enum class Activation { None, Relu, Gelu, Tanh };

/// The attribute "activation" of @p op: None where it is absent. InvalidFormat names one that this runtime does not know.
Result<Activation> activationOf(const Op& op);

/// Rows of numbers, one behind the other, and what is to be added to each.
struct BiasedRows {
    float* values = nullptr;
    std::size_t count = 0;
    std::size_t columns = 0;
    const float* bias = nullptr;
};

/// Replaces each number by the activation of its sum with the bias of its column.
void addBiasAndActivate(Activation activation, const BiasedRows& rows);

} // namespace espalier::edge
