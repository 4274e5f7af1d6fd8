// SPDX-License-Identifier: Apache-2.0
// 64-bit Arm with products of bytes (the dot product of Armv8.2): what NeonKernels.cpp has, with four products an instruction and lane. Only the functions marked here use
// those instructions.
#include "engine/edge/kernels/KernelTables.h"

#if defined(__aarch64__) && defined(__linux__)
#include "engine/edge/kernels/NeonTile.h"

#include <asm/hwcap.h>
#include <sys/auxv.h>

#define ESPALIER_DOT __attribute__((target("arch=armv8.2-a+dotprod")))

namespace espalier::edge {
namespace {

/// Rows worked on together, so that each load of the vector serves four.
constexpr std::size_t tile = 4;

template <std::size_t Rows>
ESPALIER_DOT void int8Rows(const std::int8_t* row, std::size_t stride, std::size_t columns, const std::int8_t* vector, std::int32_t* out)
{
    int32x4_t sums[Rows];
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = vdupq_n_s32(0);
    std::size_t c = 0;
    for (; c + 16 <= columns; c += 16) {
        const int8x16_t x = vld1q_s8(vector + c);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = vdotq_s32(sums[r], vld1q_s8(row + r * stride + c), x);
    }
    for (std::size_t r = 0; r < Rows; ++r) {
        std::int32_t sum = vaddvq_s32(sums[r]);
        for (std::size_t rest = c; rest < columns; ++rest)
            sum += std::int32_t{row[r * stride + rest]} * std::int32_t{vector[rest]};
        out[r] = sum;
    }
}

ESPALIER_DOT void multiplyInt8(const MatrixView<std::int8_t>& matrix, const std::int8_t* vector, std::int32_t* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        int8Rows<tile>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
    for (; r < matrix.rows; ++r)
        int8Rows<1>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
}

ESPALIER_DOT int32x4_t addStep(int32x4_t sums, const std::int8_t* window, const std::uint8_t* step)
{
    return vdotq_s32(sums, pickCodes(window, step), vreinterpretq_s8_u8(vld1q_u8(step + 16)));
}

ESPALIER_DOT void gatherRow(const GatherView& panels, const std::int8_t* vector, float rowScale, float* out)
{
    const std::uint8_t* step = panels.steps;
    const std::uint16_t* start = panels.starts;
    for (std::size_t output = 0, group = 0; output < panels.outputs; output += neonGatherShape.outputs, ++group) {
        int32x4_t even = vdupq_n_s32(0); // two sums, since one would wait for itself
        int32x4_t odd = vdupq_n_s32(0);
        std::size_t left = panels.counts[group];
        for (; left > 1; left -= 2, start += 2, step += 2 * neonStepBytes) {
            even = addStep(even, vector + start[0], step);
            odd = addStep(odd, vector + start[1], step + neonStepBytes);
        }
        for (; left > 0; --left, ++start, step += neonStepBytes)
            even = addStep(even, vector + *start, step);
        storeFour(vaddq_s32(even, odd), rowScale, panels.scales + output, panels.outputs - output, out + output);
    }
}

void multiplyGather(const GatherView& panels, const QuantizedRows& rows, float* out)
{
    for (std::size_t row = 0; row < rows.count; ++row)
        gatherRow(panels, rows.codes + row * panels.inputs, rows.scales[row], out + row * panels.outputs);
}

Kernels makeTable(const Kernels& narrower)
{
    Kernels table = narrower;
    table.name = "neon_dot";
    table.multiplyInt8 = multiplyInt8;
    table.multiplyGather = multiplyGather;
    // Instructions under qemu, at 90 % zeros, GCC 12: 3.6 times those of a dense product; one row: 2.7.
    table.costs.pairs.place = 3.6F;
    table.costsOfOneRow.gather[1].place = 2.7F;
    return table;
}

} // namespace

const Kernels* neonDotKernels()
{
    if ((getauxval(AT_HWCAP) & HWCAP_ASIMDDP) == 0)
        return nullptr;
    static const Kernels table = makeTable(*neonKernels());
    return &table;
}

} // namespace espalier::edge

#else

namespace espalier::edge {
const Kernels* neonDotKernels() { return nullptr; }
} // namespace espalier::edge

#endif
