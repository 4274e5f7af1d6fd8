// SPDX-License-Identifier: Apache-2.0
// What the products of bytes with AVX-512 share: how the sums of sixteen outputs begin and where they go. Private to the kernels.
#pragma once

#if defined(__x86_64__)
#include "engine/edge/kernels/Rows.h"

#include <immintrin.h>

/// On a loop over sums: GCC keeps them in registers only where all such loops are unrolled, which it does not do with the longer ones by itself.
#define ESPALIER_UNROLLED _Pragma("GCC unroll 16")

namespace espalier::edge {

/// Adds to each of sixteen sums the products of four bytes @p x without a sign with four codes. In assembler, since GCC 12 makes of the intrinsic a copy of each sum, before and
/// behind it, where the sums of several rows begin with the same register: 305 GMAC/s instead of 540.
__attribute__((target("avx512f,avx512vnni"), always_inline)) inline void addByteProducts(__m512i& sums, __m512i x, __m512i codes)
{
    asm("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(codes));
}

/// Where tiles of rows write their sums.
struct OutputView {
    const float* scales = nullptr; ///< as OutputTerms has them
    std::size_t outputs = 0;
    float* out = nullptr; ///< [rows x outputs]
};

/// Sixteen sums from @p output on, of one row.
__attribute__((target("avx512f"), always_inline)) inline void storeSums(const OutputView& view, __m512i sums, float rowScale, std::size_t row, std::size_t output)
{
    const __m512 scaled = _mm512_mul_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums), _mm512_set1_ps(rowScale)), _mm512_loadu_ps(view.scales + output));
    float* to = view.out + row * view.outputs + output;
    if (view.outputs - output >= 16)
        _mm512_storeu_ps(to, scaled);
    else
        _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1U << (view.outputs - output)) - 1), scaled);
}

} // namespace espalier::edge
#endif
