// SPDX-License-Identifier: Apache-2.0
// What the products of sparse layouts with NEON share. Private to the kernels; compiled with NEON switched on, so everything in it is inlined.
#pragma once

#if defined(__ARM_NEON)
#include "engine/edge/kernels/GatherPanels.h"

#include <arm_neon.h>

#define ESPALIER_NEON_INLINED __attribute__((always_inline)) static inline

namespace espalier::edge {

/// Steps of four outputs, windows of two registers.
constexpr GatherShape neonGatherShape{Windows::Sliding, 4, 32};
constexpr std::size_t neonStepBytes = 32;

/// The 16 of the window's 32 codes that a step's indices name.
ESPALIER_NEON_INLINED int8x16_t pickCodes(const std::int8_t* window, const std::uint8_t* step)
{
#if defined(__aarch64__)
    return vqtbl2q_s8(vld1q_s8_x2(window), vld1q_u8(step));
#else
    const int8x8x4_t table{{vld1_s8(window), vld1_s8(window + 8), vld1_s8(window + 16), vld1_s8(window + 24)}};
    return vcombine_s8(vtbl4_s8(table, vreinterpret_s8_u8(vld1_u8(step))), vtbl4_s8(table, vreinterpret_s8_u8(vld1_u8(step + 8))));
#endif
}

/// Four outputs of a row, of which there are only @p left.
ESPALIER_NEON_INLINED void storeFour(int32x4_t sums, float rowScale, const float* scales, std::size_t left, float* out)
{
    const float32x4_t scaled = vmulq_f32(vmulq_n_f32(vcvtq_f32_s32(sums), rowScale), vld1q_f32(scales));
    if (left >= 4)
        return vst1q_f32(out, scaled);
    float four[4];
    vst1q_f32(four, scaled);
    for (std::size_t o = 0; o < left; ++o)
        out[o] = four[o];
}

} // namespace espalier::edge
#endif
