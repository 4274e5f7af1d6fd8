// SPDX-License-Identifier: GPL-3.0-or-later
// StepSizes: what is left of one tensor at each position of the sparsity slider, and how much room that takes in a package.
#pragma once

#include "engine/exporting/StoredSize.h"
#include "engine/reports/CompressionReport.h"

#include <array>

namespace espalier {

inline constexpr std::size_t stepCount = sparsityStepCount;

struct StepSizes {
    std::array<std::int64_t, stepCount> kept{};
    std::array<std::uint64_t, stepCount> bytes{}; ///< in the smallest encoding
};

/// @p stored: of the tensor, with nothing kept. @p steps: for every element the first step at which it is pruned, stepCount when none prunes it.
Result<StepSizes> sizesOfSteps(StoredSize stored, const std::vector<std::uint8_t>& steps);

} // namespace espalier
