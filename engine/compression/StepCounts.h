// SPDX-License-Identifier: GPL-3.0-or-later
// StepCounts: what is left of one tensor at each position of the sparsity slider.
#pragma once

#include "engine/exporting/Encodings.h"

#include <array>

namespace espalier {

/// Position i of the slider is a sparsity of i / 100.
inline constexpr std::size_t stepCount = 100;

struct StepCounts {
    std::array<std::int64_t, stepCount> kept{};
    std::array<StoredCounts, stepCount> stored{};
};

/// @p steps: for every element the first step at which it is pruned, stepCount when none prunes it.
StepCounts countSteps(const Tensor& tensor, const std::vector<std::uint8_t>& steps);

} // namespace espalier
