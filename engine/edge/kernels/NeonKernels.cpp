// SPDX-License-Identifier: Apache-2.0
// Arm with NEON: always there on 64-bit Arm, asked of the kernel on 32-bit Arm, for which CMake compiles this file with NEON
// switched on. It therefore calls no inline function that other files might share.
#include "engine/edge/kernels/KernelTables.h"

#if defined(__ARM_NEON)
#include <arm_neon.h>

#if defined(__arm__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace espalier::edge {
namespace {

/// Rows worked on together, so that each load of the vector serves four.
constexpr std::size_t tile = 4;

float32x4_t addProducts(float32x4_t sum, float32x4_t weights, float32x4_t vector)
{
#if defined(__aarch64__)
    return vfmaq_f32(sum, weights, vector);
#else
    return vmlaq_f32(sum, weights, vector); // not every 32-bit NEON has a fused one
#endif
}

float sumOf(float32x4_t v)
{
    const float32x2_t pair = vadd_f32(vget_low_f32(v), vget_high_f32(v));
    return vget_lane_f32(vpadd_f32(pair, pair), 0);
}

template <std::size_t Rows>
void floatRows(const float* row, std::size_t stride, std::size_t columns, const float* vector, float* out)
{
    float32x4_t sums[Rows];
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = vdupq_n_f32(0);
    std::size_t c = 0;
    for (; c + 4 <= columns; c += 4) {
        const float32x4_t x = vld1q_f32(vector + c);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = addProducts(sums[r], vld1q_f32(row + r * stride + c), x);
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        float sum = sumOf(sums[r]);
        for (std::size_t rest = c; rest < columns; ++rest)
            sum += row[r * stride + rest] * vector[rest];
        out[r] = sum;
    }
}

void multiplyFloat(const MatrixView<float>& matrix, const float* vector, float* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        floatRows<tile>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
    for (; r < matrix.rows; ++r)
        floatRows<1>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
}

std::int32_t sumOf(int32x4_t v)
{
    const int32x2_t pair = vadd_s32(vget_low_s32(v), vget_high_s32(v));
    return vget_lane_s32(vpadd_s32(pair, pair), 0);
}

/// Two products are at most 2 * 127 * 127 = 32258, so the 16-bit sum holds them.
int32x4_t addProducts(int32x4_t sum, int8x16_t weights, int8x16_t vector)
{
    const int16x8_t pairs = vmlal_s8(vmull_s8(vget_low_s8(weights), vget_low_s8(vector)), vget_high_s8(weights), vget_high_s8(vector));
    return vpadalq_s16(sum, pairs);
}

template <std::size_t Rows>
void int8Rows(const std::int8_t* row, std::size_t stride, std::size_t columns, const std::int8_t* vector, std::int32_t* out)
{
    int32x4_t sums[Rows];
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = vdupq_n_s32(0);
    std::size_t c = 0;
    for (; c + 16 <= columns; c += 16) {
        const int8x16_t x = vld1q_s8(vector + c);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = addProducts(sums[r], vld1q_s8(row + r * stride + c), x);
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        std::int32_t sum = sumOf(sums[r]);
        for (std::size_t rest = c; rest < columns; ++rest)
            sum += std::int32_t{row[r * stride + rest]} * std::int32_t{vector[rest]};
        out[r] = sum;
    }
}

void multiplyInt8(const MatrixView<std::int8_t>& matrix, const std::int8_t* vector, std::int32_t* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        int8Rows<tile>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
    for (; r < matrix.rows; ++r)
        int8Rows<1>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
}

/// Rows from @p first on. Multiplied and added apart, as the reference does.
template <std::size_t Rows>
void groupedRows(const GroupedView& matrix, std::size_t first, const std::int8_t* vector, float* out)
{
    const MatrixView<std::int8_t>& codes = matrix.codes;
    const float* scales = matrix.scales + first;
    float sums[Rows] = {};
    for (std::size_t begin = 0; begin < codes.columns; begin += matrix.group, scales += matrix.scaleStride) {
        const std::size_t left = codes.columns - begin;
        std::int32_t products[Rows];
        int8Rows<Rows>(codes.data + first * codes.stride + begin, codes.stride, left < matrix.group ? left : matrix.group, vector + begin, products);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] += scales[r] * static_cast<float>(products[r]);
    }
    for (std::size_t r = 0; r < Rows; ++r)
        out[first + r] = sums[r];
}

void multiplyGroups(const GroupedView& matrix, const std::int8_t* vector, float* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.codes.rows; r += tile)
        groupedRows<tile>(matrix, r, vector, out);
    for (; r < matrix.codes.rows; ++r)
        groupedRows<1>(matrix, r, vector, out);
}

Kernels makeTable()
{
    Kernels table{.name = "neon", .multiplyFloat = multiplyFloat, .multiplyInt8 = multiplyInt8, .multiplyGroups = multiplyGroups, .multiplyFloats = multiplyFloatsNeon};
    addNeonSparseKernels(table);
    return table;
}

} // namespace

const Kernels* neonKernels()
{
#if defined(__arm__)
    if ((getauxval(AT_HWCAP) & HWCAP_NEON) == 0)
        return nullptr;
#endif
    static const Kernels table = makeTable();
    return &table;
}

} // namespace espalier::edge

#else

namespace espalier::edge {
const Kernels* neonKernels() { return nullptr; }
} // namespace espalier::edge

#endif
