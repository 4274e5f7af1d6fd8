// SPDX-License-Identifier: Apache-2.0
// Activations to int8, a row at a time: symmetric, the largest magnitude becomes 127. A row that came from int8 codes and one
// scale (an embedding row) gets its own codes back, so quantising it costs nothing.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace espalier::edge {

/// Writes the codes of @p row and returns the scale: row[i] is about scale * codes[i]. Same result on every processor.
inline float quantizeRow(const float* row, std::size_t count, std::int8_t* codes)
{
    float largest = 0;
    for (std::size_t i = 0; i < count; ++i)
        largest = std::fabs(row[i]) > largest ? std::fabs(row[i]) : largest;
    constexpr float tooSmall = 1e-30F; // its reciprocal would not be finite
    const float factor = largest > tooSmall ? 127.0F / largest : 0.0F;
    // Adding 1.5 * 2^23 rounds to the nearest whole number, ties to even, and leaves it in the low bits.
    constexpr float rounder = 12582912.0F;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = std::bit_cast<std::uint32_t>(row[i] * factor + rounder);
        codes[i] = static_cast<std::int8_t>(static_cast<std::uint8_t>(bits - std::bit_cast<std::uint32_t>(rounder)));
    }
    return largest > tooSmall ? largest / 127.0F : 0.0F;
}

} // namespace espalier::edge
