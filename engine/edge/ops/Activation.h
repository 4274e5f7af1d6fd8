// SPDX-License-Identifier: Apache-2.0
// The functions that an op may apply to each number of its output, by the attribute "activation".
#pragma once

#include "engine/edge/ops/Step.h"

namespace espalier::edge {

enum class Activation { None, Relu, Gelu, Tanh };

/// The attribute "activation" of @p op: None where it is absent. InvalidFormat names one that this runtime does not know.
Result<Activation> activationOf(const Op& op);

/// Replaces each of @p count numbers by the activation of it.
void activate(Activation activation, float* values, std::size_t count);

} // namespace espalier::edge
