// SPDX-License-Identifier: Apache-2.0
// Elementary functions in plain arithmetic, without branches or calls, so that a compiler turns a loop over them into vector code, and so that
// training and every device compute the same. Where a function is approximated, its error stands beside it.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

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

/// 2^x for x from -125 to 0, below which x counts as the border; at most 2.5e-7 of it off. The polynomial (ours, fitted for the least largest error) is of what is left of x
/// beside the nearest whole number.
[[gnu::always_inline]] inline float powerOfTwo(float x)
{
    const float clipped = x < -125.0F ? -125.0F : x;
    constexpr float rounder = 12582912.0F; // as above
    const float shifted = clipped + rounder;
    const float rest = clipped - (shifted - rounder);
    float p = 1.3276466634124517e-3F;
    p = p * rest + 9.675540961325169e-3F;
    p = p * rest + 5.550713464617729e-2F;
    p = p * rest + 2.4022120237350464e-1F;
    p = p * rest + 6.931469440460205e-1F;
    p = p * rest + 1.0000001192092896F;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(p) + (std::bit_cast<std::uint32_t>(shifted) << 23));
}

/// The smaller of @p x and @p border, which is where x is no number, too. GCC has one instruction for it on 64-bit Arm only when it is told so.
[[gnu::always_inline]] inline float atMost(float x, float border)
{
#if defined(__aarch64__)
    return __builtin_fminf(x, border);
#else
    return x < border ? x : border;
#endif
}
/// The larger of both, likewise.
[[gnu::always_inline]] inline float atLeast(float x, float border)
{
#if defined(__aarch64__)
    return __builtin_fmaxf(x, border);
#else
    return x > border ? x : border;
#endif
}

/// x times the share of a standard normal distribution below x, the exact form that BERT uses (Hendrycks and Gimpel, "Gaussian Error
/// Linear Units", 2016); at most 2.5e-7 * max(1, |x|) off. The share less a half is x times a quotient of polynomials of x^2 (ours, fitted for the least largest
/// error), up to the border, where it is a half.
[[gnu::always_inline]] inline float gelu(float x)
{
    constexpr float border = 5.38999987F;
    const float clipped = atLeast(atMost(x, border), -border);
    const float y = clipped * clipped;
    float over = 2.3170597884814015e-8F;
    over = over * y + 6.38238225292298e-6F;
    over = over * y + 1.67209655046463e-4F;
    over = over * y + 4.667927511036396e-3F;
    over = over * y + 3.365243971347809e-2F;
    over = over * y + 3.989422023296356e-1F;
    float under = 1.212015945384337e-6F;
    under = under * y + 7.334763358812779e-5F;
    under = under * y + 1.8750514136627316e-3F;
    under = under * y + 2.85390205681324e-2F;
    under = under * y + 2.5101980566978455e-1F;
    under = under * y + 1.0F;
    return x * (0.5F + clipped * (over / under));
}

} // namespace espalier::edge
