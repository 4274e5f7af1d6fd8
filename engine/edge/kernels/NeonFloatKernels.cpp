// SPDX-License-Identifier: Apache-2.0
// Products of small float matrices with NEON, for attention: what multiplyRows() of VectorBlocks.h does, in the same order and with products and sums rounded apart, so with the
// same results. Compilers keep more of it in registers this way, and on 32-bit Arm they would not use NEON for floats at all, since it takes numbers below 1e-38 for zeros.
// As NeonKernels.cpp it is compiled with NEON switched on for 32-bit Arm, and therefore calls no inline function that other files might share.
#include "engine/edge/kernels/KernelTables.h"

#if defined(__ARM_NEON)
#include "engine/edge/kernels/NeonTile.h"

namespace espalier::edge {
namespace {

/// Rows whose sums, two registers each, stay in registers, also in the sixteen of 32-bit Arm.
constexpr std::size_t mostRows = 4;

/// sum + x * weights[Lane], rounded twice.
template <int Lane>
ESPALIER_NEON_INLINED float32x4_t addProduct(float32x4_t sum, float32x4_t x, float32x4_t weights)
{
#if defined(__aarch64__)
    return vaddq_f32(sum, vmulq_laneq_f32(x, weights, Lane));
#else
    return vmlaq_lane_f32(sum, x, Lane < 2 ? vget_low_f32(weights) : vget_high_f32(weights), Lane % 2);
#endif
}

template <std::size_t Rows, std::size_t Count>
struct Block {
    float32x4_t sums[Rows][Count];

    template <int Lane>
    ESPALIER_NEON_INLINED void add(Block& block, const float* right, const float32x4_t (&weights)[Rows])
    {
        float32x4_t x[Count];
#pragma GCC unroll 2
        for (std::size_t n = 0; n < Count; ++n)
            x[n] = vld1q_f32(right + 4 * n);
#pragma GCC unroll 4
        for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 2
            for (std::size_t n = 0; n < Count; ++n)
                block.sums[r][n] = addProduct<Lane>(block.sums[r][n], x[n], weights[r]);
    }
};

/// 4 x Count columns.
template <std::size_t Rows, std::size_t Count>
ESPALIER_NEON_INLINED void multiplyBlock(const FloatRows& left, const FloatRows& right, std::size_t inner, const ProductRows& out)
{
    Block<Rows, Count> block;
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 2
        for (std::size_t n = 0; n < Count; ++n)
            block.sums[r][n] = vdupq_n_f32(0);
    const float* x = right.data;
    float32x4_t weights[Rows];
    std::size_t i = 0;
    for (; i + 4 <= inner; i += 4, x += 4 * right.stride) {
#pragma GCC unroll 4
        for (std::size_t r = 0; r < Rows; ++r)
            weights[r] = vld1q_f32(left.data + r * left.stride + i);
        Block<Rows, Count>::template add<0>(block, x, weights);
        Block<Rows, Count>::template add<1>(block, x + right.stride, weights);
        Block<Rows, Count>::template add<2>(block, x + 2 * right.stride, weights);
        Block<Rows, Count>::template add<3>(block, x + 3 * right.stride, weights);
    }
    for (; i < inner; ++i, x += right.stride) {
#pragma GCC unroll 4
        for (std::size_t r = 0; r < Rows; ++r)
            weights[r] = vdupq_n_f32(left.data[r * left.stride + i]);
        Block<Rows, Count>::template add<0>(block, x, weights);
    }
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 2
        for (std::size_t n = 0; n < Count; ++n)
            vst1q_f32(out.data + r * out.stride + 4 * n, out.factors != nullptr ? vmulq_n_f32(block.sums[r][n], out.factors[r]) : block.sums[r][n]);
}

/// The last columns, one by one.
void multiplyColumn(const FloatRows& left, const FloatRows& right, const ProductSize& size, const ProductRows& out)
{
    for (std::size_t r = 0; r < size.rows; ++r) {
        float sum = 0;
        for (std::size_t i = 0; i < size.inner; ++i)
            sum += left.data[r * left.stride + i] * right.data[i * right.stride];
        out.data[r * out.stride] = out.factors != nullptr ? sum * out.factors[r] : sum;
    }
}

template <std::size_t Rows>
void multiplyRows(const FloatRows& left, const FloatRows& right, const ProductSize& size, const ProductRows& out)
{
    std::size_t c = 0;
    for (; c + 8 <= size.columns; c += 8)
        multiplyBlock<Rows, 2>(left, {right.data + c, right.stride}, size.inner, {out.data + c, out.stride, out.factors});
    for (; c + 4 <= size.columns; c += 4)
        multiplyBlock<Rows, 1>(left, {right.data + c, right.stride}, size.inner, {out.data + c, out.stride, out.factors});
    for (; c < size.columns; ++c)
        multiplyColumn(left, {right.data + c, right.stride}, {Rows, size.inner, 1}, {out.data + c, out.stride, out.factors});
}

} // namespace

void multiplyFloatsNeon(const FloatRows& left, const FloatRows& right, const ProductSize& size, const ProductRows& out)
{
    for (std::size_t row = 0; row < size.rows;) {
        const std::size_t rest = size.rows - row;
        const FloatRows from{left.data + row * left.stride, left.stride};
        const ProductRows to{out.data + row * out.stride, out.stride, out.factors != nullptr ? out.factors + row : nullptr};
        const std::size_t count = rest >= mostRows ? mostRows : 1;
        if (count == mostRows)
            multiplyRows<mostRows>(from, right, size, to);
        else
            multiplyRows<1>(from, right, size, to);
        row += count;
    }
}

} // namespace espalier::edge
#endif
