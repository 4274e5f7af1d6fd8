// SPDX-License-Identifier: Apache-2.0
// Elementary functions in plain arithmetic, without branches or calls, so that a compiler turns a loop over them into vector code, and so that
// training and every device compute the same. Where a function is approximated, its error stands beside it.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

namespace espalier::edge {

/// e^x, at most 2 units in the last place off between -87 and 88, outside of which x counts as the border (so e^-1000 is about 1e-38).
/// Cody and Waite's reduction to |r| <= ln(2)/2, then the polynomial of Cephes' expf (Moshier, 1989).
[[gnu::always_inline]] inline float exponential(float x)
{
    const float clipped = x < -87.0F ? -87.0F : (x > 88.0F ? 88.0F : x);
    constexpr float rounder = 12582912.0F; // 1.5 * 2^23: adding it rounds to a whole number and leaves that in the low bits
    const float shifted = clipped * 1.44269504088896341F + rounder;
    const float whole = shifted - rounder;
    const float r = (clipped - whole * 0.693359375F) - whole * -2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    const std::uint32_t exponent = (std::bit_cast<std::uint32_t>(shifted) + 127U) << 23; // the rounder's own bits are shifted out
    return (p * r * r + r + 1.0F) * std::bit_cast<float>(exponent);
}
inline double exponential(double x) { return std::exp(x); }

/// The distribution function of the standard normal distribution and its density, which share one exponential.
/// float: at most 2e-7 off, by Abramowitz and Stegun's formula 7.1.26 for erf.
[[gnu::always_inline]] inline std::pair<float, float> normalDistribution(float x)
{
    const float magnitude = std::fabs(x) * 0.70710678118654752F;
    const float tail = exponential(-magnitude * magnitude);
    const float t = 1.0F / (1.0F + 0.3275911F * magnitude);
    float p = 1.061405429F;
    p = p * t - 1.453152027F;
    p = p * t + 1.421413741F;
    p = p * t - 0.284496736F;
    p = p * t + 0.254829592F;
    const float beyond = 0.5F * p * t * tail; // the share beyond |x| on one side
    return {x < 0 ? beyond : 1.0F - beyond, 0.39894228040143268F * tail};
}
inline std::pair<double, double> normalDistribution(double x)
{
    return {0.5 * std::erfc(-x * 0.70710678118654752440), 0.39894228040143267794 * std::exp(-0.5 * x * x)};
}

/// x times the share of a standard normal distribution below x, the exact form that BERT uses (Hendrycks and Gimpel, "Gaussian Error
/// Linear Units", 2016). float: at most 2e-7 * max(1, |x|) off.
template <typename Number>
[[gnu::always_inline]] inline Number gelu(Number x)
{
    return x * normalDistribution(x).first;
}

} // namespace espalier::edge
