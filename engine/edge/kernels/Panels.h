// SPDX-License-Identifier: Apache-2.0
// Panels: a matrix of int8 codes in the order in which processors with products of bytes read it, so that sums of sixteen outputs lie side by side and need not be added
// up across a register. For each sixteen outputs, for each four inputs: sixteen times four codes, each plus 128. What is missing at the end counts as zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace espalier::edge {

inline constexpr std::size_t panelOutputs = 16;
inline constexpr std::size_t panelInputs = 4;

struct Panels {
    std::vector<std::uint8_t> codes;
    std::vector<float> scales; ///< one an output, zeros up to the last panel's end
    std::size_t outputs = 0;
    std::size_t inputs = 0; ///< a multiple of panelInputs

    [[nodiscard]] bool empty() const { return codes.empty(); }
};

/// @p codes: [outputs x inputs]; @p scales: one an output. @p inputs must be a multiple of panelInputs.
Panels packPanels(std::span<const std::int8_t> codes, std::span<const float> scales, std::size_t inputs);

/// Rows of codes that are multiplied at once, one behind the other.
struct QuantizedRows {
    const std::int8_t* codes = nullptr;
    std::size_t count = 0;
    const float* scales = nullptr;      ///< one a row
    const std::int32_t* sums = nullptr; ///< of each row's codes
};

} // namespace espalier::edge
