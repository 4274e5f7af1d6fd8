// SPDX-License-Identifier: Apache-2.0
// Products of small float matrices for use inside vectorizedByWidth(): sums side by side, in registers of whatever width. Multiplied and added apart and in one order, so the
// results are the same bits at every width.
#pragma once

#include "engine/edge/kernels/VectorLoops.h"

#include <cstddef>
#include <cstring>

namespace espalier::edge {

/// As many floats as the widest register has.
inline constexpr std::size_t blockFloats = 16;

template <std::size_t Bytes>
struct FloatRegister {
    typedef float Type __attribute__((vector_size(Bytes))); // in an alias GCC 12 overlooks the attribute
};

/// Count registers of columns of left [Rows x inner] times right [inner x columns]. @p Bytes: of a register.
template <std::size_t Rows, std::size_t Count, std::size_t Bytes>
[[gnu::always_inline]] inline void multiplyBlock(const FloatRows& left, const FloatRows& right, std::size_t inner, const ProductRows& out)
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
        for (std::size_t n = 0; n < Count; ++n) {
            if (out.factors != nullptr)
                sums[r][n] *= out.factors[r];
            std::memcpy(out.data + r * out.stride + n * (Bytes / sizeof(float)), &sums[r][n], Bytes);
        }
}

/// out [Rows x columns] = left [Rows x inner] times right [inner x columns].
template <std::size_t Rows, std::size_t Bytes>
[[gnu::always_inline]] inline void multiplyRows(const FloatRows& left, const FloatRows& right, std::size_t inner, std::size_t columns, const ProductRows& out)
{
    constexpr std::size_t floats = Bytes / sizeof(float);
    std::size_t c = 0;
    for (; c + 2 * floats <= columns; c += 2 * floats)
        multiplyBlock<Rows, 2, Bytes>(left, {right.data + c, right.stride}, inner, {out.data + c, out.stride, out.factors});
    for (; c + floats <= columns; c += floats)
        multiplyBlock<Rows, 1, Bytes>(left, {right.data + c, right.stride}, inner, {out.data + c, out.stride, out.factors});
    for (; c < columns; ++c)
        for (std::size_t r = 0; r < Rows; ++r) {
            float sum = 0;
            for (std::size_t i = 0; i < inner; ++i)
                sum += left.data[r * left.stride + i] * right.data[i * right.stride + c];
            out.data[r * out.stride + c] = out.factors != nullptr ? sum * out.factors[r] : sum;
        }
}

/// Sums and maxima of rows are of as many numbers side by side, whatever the width: two registers at least, since one would wait for itself.
inline constexpr std::size_t laneCount = 2 * blockFloats;

/// @p join(one, other) of a register's halves, of the halves of what it left in the first, and so on.
template <std::size_t Bytes, typename Join>
[[gnu::always_inline]] inline float joinLanes(const typename FloatRegister<Bytes>::Type& lanes, const Join& join)
{
    if constexpr (Bytes > 16) {
        typename FloatRegister<Bytes / 2>::Type halves[2];
        std::memcpy(halves, &lanes, Bytes);
        join(halves[0], halves[1]);
        return joinLanes<Bytes / 2>(halves[0], join);
    } else {
        float four[4];
        std::memcpy(four, &lanes, sizeof four);
        join(four[0], four[2]);
        join(four[1], four[3]);
        join(four[0], four[1]);
        return four[0];
    }
}

/// What a row is reduced with: numbers that do not count fill the last register.
struct Reduction {
    float start = 0;   ///< of each lane's result
    float neutral = 0; ///< a number that changes no result
};

/// Calls @p take(result, number) for @p count numbers, each with the result of its lane, and @p join(result, another) for the lanes. Both work on registers and on single numbers.
template <std::size_t Bytes, typename Take, typename Join>
[[gnu::always_inline]] inline float reduceRow(const float* values, std::size_t count, const Reduction& reduction, const Take& take, const Join& join)
{
    using Register = typename FloatRegister<Bytes>::Type;
    constexpr std::size_t floats = Bytes / sizeof(float);
    constexpr std::size_t registers = laneCount / floats;
    Register results[registers];
#pragma GCC unroll 8
    for (std::size_t n = 0; n < registers; ++n)
        results[n] = Register{} + reduction.start;
    std::size_t i = 0;
    for (; i + laneCount <= count; i += laneCount)
#pragma GCC unroll 8
        for (std::size_t n = 0; n < registers; ++n) {
            Register x;
            std::memcpy(&x, values + i + n * floats, Bytes);
            take(results[n], x);
        }
#pragma GCC unroll 8
    for (std::size_t n = 0; n < registers; ++n) {
        const std::size_t begin = i + n * floats;
        if (begin >= count)
            break;
        Register x = Register{} + reduction.neutral;
        if (begin + floats <= count)
            std::memcpy(&x, values + begin, Bytes);
        else
            for (std::size_t lane = 0; lane < count - begin; ++lane)
                x[lane] = values[begin + lane];
        take(results[n], x);
    }
#pragma GCC unroll 8
    for (std::size_t half = registers / 2; half > 0; half /= 2)
#pragma GCC unroll 8
        for (std::size_t n = 0; n < half; ++n)
            join(results[n], results[n + half]);
    return joinLanes<Bytes>(results[0], join);
}

/// The sum of @p count numbers.
template <std::size_t Bytes>
[[gnu::always_inline]] inline float sumOfRow(const float* values, std::size_t count)
{
    const auto add = [](auto& sum, const auto& x) ESPALIER_INLINED { sum += x; };
    return reduceRow<Bytes>(values, count, {}, add, add);
}

/// The sum of the squares of their distances from @p mean.
template <std::size_t Bytes>
[[gnu::always_inline]] inline float sumOfSquares(const float* values, std::size_t count, float mean)
{
    return reduceRow<Bytes>(
        values, count, {0, mean}, [=](auto& sum, const auto& x) ESPALIER_INLINED { sum += (x - mean) * (x - mean); },
        [](auto& sum, const auto& other) ESPALIER_INLINED { sum += other; });
}

/// The largest of @p count numbers, at least one.
template <std::size_t Bytes>
[[gnu::always_inline]] inline float largestOfRow(const float* values, std::size_t count)
{
    const auto takeLarger = [](auto& largest, const auto& x) ESPALIER_INLINED { largest = largest < x ? x : largest; };
    return reduceRow<Bytes>(values, count, {values[0], values[0]}, takeLarger, takeLarger);
}

/// out [columns x stride] = the transpose of in [rows x columns].
[[gnu::always_inline]] inline void transposeTo(const FloatRows& in, std::size_t rows, std::size_t columns, float* out, std::size_t stride)
{
    using Four = FloatRegister<16>::Type;
    const std::size_t wholeRows = rows / 4 * 4;
    const std::size_t wholeColumns = columns / 4 * 4;
    for (std::size_t r = 0; r < wholeRows; r += 4)
        for (std::size_t c = 0; c < wholeColumns; c += 4) {
            Four x[4];
#pragma GCC unroll 4
            for (std::size_t i = 0; i < 4; ++i)
                std::memcpy(&x[i], in.data + (r + i) * in.stride + c, sizeof(Four));
            const Four low[2] = {__builtin_shufflevector(x[0], x[1], 0, 4, 1, 5), __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5)};
            const Four high[2] = {__builtin_shufflevector(x[0], x[1], 2, 6, 3, 7), __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7)};
            const Four y[4] = {__builtin_shufflevector(low[0], low[1], 0, 1, 4, 5), __builtin_shufflevector(low[0], low[1], 2, 3, 6, 7),
                               __builtin_shufflevector(high[0], high[1], 0, 1, 4, 5), __builtin_shufflevector(high[0], high[1], 2, 3, 6, 7)};
#pragma GCC unroll 4
            for (std::size_t i = 0; i < 4; ++i)
                std::memcpy(out + (c + i) * stride + r, &y[i], sizeof(Four));
        }
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = r < wholeRows ? wholeColumns : 0; c < columns; ++c)
            out[c * stride + r] = in.data[r * in.stride + c];
}

} // namespace espalier::edge
