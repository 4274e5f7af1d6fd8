// SPDX-License-Identifier: Apache-2.0
// Plain C++ for any processor, and the reference for the others.
#include "engine/edge/kernels/Kernels.h"

#include <algorithm>

namespace espalier::edge {
namespace {

/// Eight sums side by side, so that a compiler may keep them in whatever vector registers the baseline has.
constexpr std::size_t lanes = 8;

void multiplyFloat(const MatrixView<float>& matrix, const float* vector, float* out)
{
    for (std::size_t r = 0; r < matrix.rows; ++r) {
        const float* row = matrix.data + r * matrix.stride;
        float sums[lanes] = {};
        std::size_t c = 0;
        for (; c + lanes <= matrix.columns; c += lanes)
            for (std::size_t lane = 0; lane < lanes; ++lane)
                sums[lane] += row[c + lane] * vector[c + lane];
        float sum = ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
        for (; c < matrix.columns; ++c)
            sum += row[c] * vector[c];
        out[r] = sum;
    }
}

void multiplyInt8(const MatrixView<std::int8_t>& matrix, const std::int8_t* vector, std::int32_t* out)
{
    for (std::size_t r = 0; r < matrix.rows; ++r) {
        const std::int8_t* row = matrix.data + r * matrix.stride;
        std::int32_t sum = 0;
        for (std::size_t c = 0; c < matrix.columns; ++c)
            sum += std::int32_t{row[c]} * std::int32_t{vector[c]};
        out[r] = sum;
    }
}

void multiplyGroups(const GroupedView& matrix, const std::int8_t* vector, float* out)
{
    const auto& [codes, group, scales, scaleStride] = matrix;
    std::fill_n(out, codes.rows, 0.0F);
    for (std::size_t g = 0, begin = 0; begin < codes.columns; ++g, begin += group)
        for (std::size_t r = 0; r < codes.rows; ++r) {
            std::int32_t sum = 0;
            multiplyInt8({codes.data + r * codes.stride + begin, 1, std::min(group, codes.columns - begin), codes.stride}, vector + begin, &sum);
            out[r] += scales[g * scaleStride + r] * static_cast<float>(sum);
        }
}

constexpr Kernels table{.name = "scalar", .multiplyFloat = multiplyFloat, .multiplyInt8 = multiplyInt8, .multiplyGroups = multiplyGroups};

} // namespace

const Kernels& scalarKernels() { return table; }

} // namespace espalier::edge
