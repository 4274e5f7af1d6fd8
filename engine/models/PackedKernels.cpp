// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/PackedLoops.h"

namespace espalier::packed {
namespace {

template <typename Number>
ESPALIER_INLINE void addResidual(const NormArrays<Number>& arrays, const Dropout& dropout, std::size_t row)
{
    const std::size_t first = row * arrays.columns;
    const Number* in = arrays.input + first;
    const Number* residual = arrays.residual + first;
    Number* sum = arrays.sum + first;
    const Factor<Number> factor(dropout);
    for (std::size_t c = 0; c < arrays.columns; ++c)
        sum[c] = residual[c] + (dropout.rate > 0 ? in[c] * factor(static_cast<std::uint32_t>(first + c)) : in[c]);
}

template <typename Number>
ESPALIER_INLINE void normRow(const NormArrays<Number>& arrays, std::size_t row)
{
    const std::size_t columns = arrays.columns;
    const Number* sum = arrays.sum + row * columns;
    Number* out = arrays.output + row * columns;
    const auto count = static_cast<Number>(columns);
    const Number mean = sumOf<Number>(columns, [&](std::size_t c) { return sum[c]; }) / count;
    const Number variance = sumOf<Number>(columns, [&](std::size_t c) { return (sum[c] - mean) * (sum[c] - mean); }) / count;
    const Number inverse = 1 / std::sqrt(variance + arrays.epsilon);
    for (std::size_t c = 0; c < columns; ++c)
        out[c] = (sum[c] - mean) * inverse * arrays.scale[c] + arrays.shift[c];
    arrays.mean[row] = mean;
    arrays.inverse[row] = inverse;
}

template <typename Number>
ESPALIER_INLINE void normRowBackward(const NormArrays<Number>& arrays, const NormGradients<Number>& gradients, std::size_t row)
{
    const std::size_t columns = arrays.columns;
    const Number* sum = arrays.sum + row * columns;
    const Number* out = gradients.output + row * columns;
    Number* residual = gradients.residual + row * columns;
    const Number mean = arrays.mean[row];
    const Number inverse = arrays.inverse[row];
    const auto count = static_cast<Number>(columns);
    const auto normal = [&](std::size_t c) { return (sum[c] - mean) * inverse; };
    const Number average = sumOf<Number>(columns, [&](std::size_t c) { return out[c] * arrays.scale[c]; }) / count;
    const Number slope = sumOf<Number>(columns, [&](std::size_t c) { return out[c] * arrays.scale[c] * normal(c); }) / count;
    for (std::size_t c = 0; c < columns; ++c) {
        residual[c] = (out[c] * arrays.scale[c] - average - normal(c) * slope) * inverse;
        gradients.scale[c] += out[c] * normal(c);
        gradients.shift[c] += out[c];
    }
    if (gradients.sum != nullptr)
        for (std::size_t c = 0; c < columns; ++c)
            residual[c] += gradients.sum[row * columns + c];
}

template <typename Number>
ESPALIER_INLINE void dropRange(const Dropout& dropout, const Number* in, Number* out, std::size_t begin, std::size_t end)
{
    const Factor<Number> factor(dropout);
    for (std::size_t i = begin; i < end; ++i)
        out[i] = in[i] * factor(static_cast<std::uint32_t>(i));
}

} // namespace

template <typename Number>
void drop(const Dropout& dropout, const Number* in, Number* out, std::size_t begin, std::size_t end)
{
    run([&]() __attribute__((always_inline)) { dropRange(dropout, in, out, begin, end); });
}

template <typename Number>
void normForward(const NormArrays<Number>& arrays, const Dropout& dropout, std::size_t begin, std::size_t end)
{
    run([&]() __attribute__((always_inline)) {
        for (std::size_t row = begin; row < end; ++row) {
            addResidual(arrays, dropout, row);
            normRow(arrays, row);
        }
    });
}

template <typename Number>
void normBackward(const NormArrays<Number>& arrays, const NormGradients<Number>& gradients, const Dropout& dropout, std::size_t begin, std::size_t end)
{
    run([&]() __attribute__((always_inline)) {
        for (std::size_t row = begin; row < end; ++row)
            normRowBackward(arrays, gradients, row);
        if (gradients.input != nullptr)
            dropRange<Number>(dropout, gradients.residual, gradients.input, begin * arrays.columns, end * arrays.columns);
    });
}

#define ESPALIER_INSTANTIATE(Number)                                                                                                         \
    template void drop(const Dropout&, const Number*, Number*, std::size_t, std::size_t);                                                    \
    template void normForward(const NormArrays<Number>&, const Dropout&, std::size_t, std::size_t);                                          \
    template void normBackward(const NormArrays<Number>&, const NormGradients<Number>&, const Dropout&, std::size_t, std::size_t);

ESPALIER_INSTANTIATE(float)
ESPALIER_INSTANTIATE(double)

} // namespace espalier::packed
