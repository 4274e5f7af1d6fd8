// SPDX-License-Identifier: Apache-2.0
// Activations to int8, a row at a time: symmetric, the largest magnitude of the row, or a calibrated one, becomes 127. A row that came from int8 codes and one
// scale (an embedding row) gets its own codes back, so quantising it costs nothing.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace espalier::edge {

/// Added to a code it makes a byte without a sign.
inline constexpr std::uint32_t unsignedBias = 128;

/// The nearest whole number to @p value, which is -127.5 to 127.5, plus @p bias; ties to even.
[[gnu::always_inline]] inline std::int8_t nearestCode(float value, std::uint32_t bias = 0)
{
    // Adding 1.5 * 2^23 rounds, and leaves the number in the low bits.
    constexpr float rounder = 12582912.0F;
    const auto bits = std::bit_cast<std::uint32_t>(value + rounder);
    return static_cast<std::int8_t>(static_cast<std::uint8_t>(bits - (std::bit_cast<std::uint32_t>(rounder) - bias)));
}

/// Writes the codes of @p row, plus @p bias, and returns the scale: row[i] is about scale * codes[i]. Same result on every processor.
[[gnu::always_inline]] inline float quantizeRow(const float* row, std::size_t count, std::int8_t* codes, std::uint32_t bias = 0)
{
    std::uint32_t bits = 0; // of the largest magnitude: whole numbers have a maximum in every order
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t magnitude = std::bit_cast<std::uint32_t>(row[i]) & 0x7fffffffU;
        bits = magnitude > bits ? magnitude : bits;
    }
    const float largest = std::bit_cast<float>(bits);
    constexpr float tooSmall = 1e-30F; // its reciprocal would not be finite
    const float factor = largest > tooSmall ? 127.0F / largest : 0.0F;
    for (std::size_t i = 0; i < count; ++i)
        codes[i] = nearestCode(row[i] * factor, bias);
    return largest > tooSmall ? largest / 127.0F : 0.0F;
}

/// The same with the largest magnitude known beforehand, above 0: numbers beyond it get the code of the largest.
[[gnu::always_inline]] inline float quantizeWithin(float range, const float* row, std::size_t count, std::int8_t* codes, std::uint32_t bias = 0)
{
    const float factor = 127.0F / range;
    for (std::size_t i = 0; i < count; ++i) {
        const float scaled = row[i] * factor;
        const float low = scaled < -127.0F ? -127.0F : scaled;
        codes[i] = nearestCode(low < 127.0F ? low : 127.0F, bias);
    }
    return range / 127.0F;
}

} // namespace espalier::edge
