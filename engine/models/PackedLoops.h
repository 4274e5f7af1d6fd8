// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of PackedKernels.h are written with: running a loop compiled for the processor at hand, dropout factors, sums. Private to them.
#pragma once

#include "engine/models/PackedKernels.h"

#include <cmath>

#define ESPALIER_INLINE [[gnu::always_inline]] inline

namespace espalier::packed {

#if defined(__x86_64__)
/// Everything that @p work does is inlined here, and so compiled for AVX2 and FMA as well as for the baseline.
template <typename Work>
[[gnu::target("avx2,fma"), gnu::noinline]] void runWide(const Work& work)
{
    work();
}

template <typename Work>
void run(const Work& work)
{
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    wide ? runWide(work) : work();
}
#else
template <typename Work>
void run(const Work& work)
{
    work();
}
#endif

/// Decides by a 32-bit hash (the multiply-xorshift mixer "lowbias32", Wellons 2018) of position and seed.
template <typename Number>
class Factor {
public:
    ESPALIER_INLINE explicit Factor(const Dropout& dropout)
        : m_low(static_cast<std::uint32_t>(dropout.seed)), m_high(static_cast<std::uint32_t>(dropout.seed >> 32)),
          m_border(static_cast<std::int32_t>(std::lround(dropout.rate * 4294967296.0 - 2147483648.0))),
          m_kept(static_cast<Number>(1 / (1 - dropout.rate)))
    {
    }

    /// What the element at @p position is multiplied by.
    ESPALIER_INLINE Number operator()(std::uint32_t position) const
    {
        std::uint32_t x = position * 0x9E3779B9U + m_low;
        x ^= x >> 16;
        x = (x ^ m_high) * 0x7FEB352DU;
        x ^= x >> 15;
        x *= 0x846CA68BU;
        x ^= x >> 16;
        return static_cast<std::int32_t>(x) < m_border ? Number{0} : m_kept;
    }

private:
    std::uint32_t m_low;
    std::uint32_t m_high;
    std::int32_t m_border; ///< signed, as vector comparisons are
    Number m_kept;
};

/// Lanes side by side, so that a sum needs no licence to reorder additions.
inline constexpr std::size_t width = 8;

template <typename Number, typename Term>
ESPALIER_INLINE Number sumOf(std::size_t count, const Term& term)
{
    Number sums[width] = {};
    std::size_t i = 0;
    for (; i + width <= count; i += width)
        for (std::size_t lane = 0; lane < width; ++lane)
            sums[lane] += term(i + lane);
    for (; i < count; ++i)
        sums[i % width] += term(i);
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

} // namespace espalier::packed
