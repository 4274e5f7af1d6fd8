// SPDX-License-Identifier: Apache-2.0
// Products of small float matrices for use inside vectorizedByWidth(): sums side by side, in registers of whatever width. Multiplied and added apart and in one order, so the
// results are the same bits at every width.
#pragma once

#include <cstddef>
#include <cstring>

namespace espalier::edge {

/// As many floats as the widest register has.
inline constexpr std::size_t blockFloats = 16;

template <std::size_t Bytes>
struct FloatRegister {
    typedef float Type __attribute__((vector_size(Bytes))); // in an alias GCC 12 overlooks the attribute
};

/// A matrix of floats, each row @c stride elements from the next.
struct FloatRows {
    const float* data = nullptr;
    std::size_t stride = 0;
};

/// Count registers of columns of left [Rows x inner] times right [inner x columns]. @p Bytes: of a register.
template <std::size_t Rows, std::size_t Count, std::size_t Bytes>
[[gnu::always_inline]] inline void multiplyBlock(const FloatRows& left, const FloatRows& right, std::size_t inner, float* out, std::size_t outStride)
{
    using Register = typename FloatRegister<Bytes>::Type;
    static_assert(sizeof(Register) == Bytes);
    Register sums[Rows][Count] = {};
    for (std::size_t i = 0; i < inner; ++i) {
        Register x[Count];
#pragma GCC unroll 8
        for (std::size_t n = 0; n < Count; ++n) // one by one, so that they stay in registers
            std::memcpy(&x[n], right.data + i * right.stride + n * (Bytes / sizeof(float)), Bytes);
#pragma GCC unroll 8
        for (std::size_t r = 0; r < Rows; ++r) {
            const float weight = left.data[r * left.stride + i];
#pragma GCC unroll 8
            for (std::size_t n = 0; n < Count; ++n)
                sums[r][n] += x[n] * weight;
        }
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < Rows; ++r)
#pragma GCC unroll 8
        for (std::size_t n = 0; n < Count; ++n)
            std::memcpy(out + r * outStride + n * (Bytes / sizeof(float)), &sums[r][n], Bytes);
}

/// out [Rows x columns] = left [Rows x inner] times right [inner x columns].
template <std::size_t Rows, std::size_t Bytes>
[[gnu::always_inline]] inline void multiplyRows(const FloatRows& left, const FloatRows& right, std::size_t inner, std::size_t columns, float* out, std::size_t outStride)
{
    constexpr std::size_t floats = Bytes / sizeof(float);
    std::size_t c = 0;
    for (; c + 2 * floats <= columns; c += 2 * floats)
        multiplyBlock<Rows, 2, Bytes>(left, {right.data + c, right.stride}, inner, out + c, outStride);
    for (; c + floats <= columns; c += floats)
        multiplyBlock<Rows, 1, Bytes>(left, {right.data + c, right.stride}, inner, out + c, outStride);
    for (; c < columns; ++c)
        for (std::size_t r = 0; r < Rows; ++r) {
            float sum = 0;
            for (std::size_t i = 0; i < inner; ++i)
                sum += left.data[r * left.stride + i] * right.data[i * right.stride + c];
            out[r * outStride + c] = sum;
        }
}

/// The sum of @p count terms, sixteen side by side.
template <typename Term>
[[gnu::always_inline]] inline float sumOfTerms(std::size_t count, const Term& term)
{
    float sums[blockFloats] = {};
    std::size_t i = 0;
    for (; i + blockFloats <= count; i += blockFloats)
        for (std::size_t lane = 0; lane < blockFloats; ++lane)
            sums[lane] += term(i + lane);
    for (std::size_t lane = 0; i + lane < count; ++lane)
        sums[lane] += term(i + lane);
    for (std::size_t half = blockFloats / 2; half > 0; half /= 2)
        for (std::size_t lane = 0; lane < half; ++lane)
            sums[lane] += sums[lane + half];
    return sums[0];
}

} // namespace espalier::edge
