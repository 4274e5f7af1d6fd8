// SPDX-License-Identifier: Apache-2.0
// Sparse matrices on Arm with NEON: pair lists for several rows, gather panels for one. As NeonKernels.cpp it is compiled with NEON switched on for 32-bit Arm, and therefore
// calls no inline function that other files might share.
#include "engine/edge/kernels/KernelTables.h"

#if defined(__ARM_NEON)
#include "engine/edge/kernels/NeonTile.h"

namespace espalier::edge {
namespace {

// ---- Pair lists. The scratch memory holds up to Rows rows transposed: of each input, the codes of all rows as numbers of 16 bits.

/// Eight inputs of eight rows, of which those from @p count on repeat the last.
void transposeBlock(const std::int8_t* codes, std::size_t inputs, std::size_t count, std::int16_t* to, std::size_t stride)
{
    int8x8_t rows[8];
    for (std::size_t r = 0; r < 8; ++r)
        rows[r] = vld1_s8(codes + (r < count ? r : count - 1) * inputs);
    int16x4x2_t twos[4]; // of rows i and i + 1: even inputs, odd inputs
    for (std::size_t i = 0; i < 4; ++i) {
        const int8x8x2_t t = vtrn_s8(rows[2 * i], rows[2 * i + 1]);
        twos[i] = {{vreinterpret_s16_s8(t.val[0]), vreinterpret_s16_s8(t.val[1])}};
    }
    for (std::size_t parity = 0; parity < 2; ++parity) {
        const int16x4x2_t low = vtrn_s16(twos[0].val[parity], twos[1].val[parity]);
        const int16x4x2_t high = vtrn_s16(twos[2].val[parity], twos[3].val[parity]);
        for (std::size_t pair = 0; pair < 2; ++pair) {
            const int32x2x2_t t = vtrn_s32(vreinterpret_s32_s16(low.val[pair]), vreinterpret_s32_s16(high.val[pair]));
            for (std::size_t half = 0; half < 2; ++half)
                vst1q_s16(to + (parity + 2 * pair + 4 * half) * stride, vmovl_s8(vreinterpret_s8_s32(t.val[half])));
        }
    }
}

template <std::size_t Rows>
void transposeRows(const std::int8_t* codes, std::size_t inputs, std::size_t count, std::int16_t* to)
{
    for (std::size_t row = 0; row < Rows; row += 8) {
        const std::size_t first = row < count ? row : count - 1;
        for (std::size_t i = 0; i < inputs; i += 8)
            transposeBlock(codes + first * inputs + i, inputs, count - first, to + i * Rows + row, Rows);
    }
}

ESPALIER_NEON_INLINED int32x4_t addHigh(int32x4_t sum, int16x8_t codes, int16x4_t weights, int lane)
{
#if defined(__aarch64__)
    return lane == 0 ? vmlal_high_lane_s16(sum, codes, weights, 0) : vmlal_high_lane_s16(sum, codes, weights, 1);
#else
    return lane == 0 ? vmlal_lane_s16(sum, vget_high_s16(codes), weights, 0) : vmlal_lane_s16(sum, vget_high_s16(codes), weights, 1);
#endif
}

/// The sums of one output with all rows.
template <std::size_t Rows>
void listSums(const CodePair* pair, const CodePair* end, const std::int16_t* rows, std::int32_t* to)
{
    int32x4_t sums[Rows / 4];
    for (auto& sum : sums)
        sum = vdupq_n_s32(0);
    for (; pair != end; ++pair) {
        const std::int16_t* one = rows + std::size_t{pair->inputs[0]} * Rows;
        const std::int16_t* two = rows + std::size_t{pair->inputs[1]} * Rows;
        std::int32_t both;
        __builtin_memcpy(&both, pair->codes, sizeof both);
        const int16x4_t codes = vreinterpret_s16_s32(vdup_n_s32(both));
        for (std::size_t i = 0; i < Rows / 8; ++i) {
            const int16x8_t x = vld1q_s16(one + 8 * i);
            const int16x8_t y = vld1q_s16(two + 8 * i);
            sums[2 * i] = vmlal_lane_s16(vmlal_lane_s16(sums[2 * i], vget_low_s16(x), codes, 0), vget_low_s16(y), codes, 1);
            sums[2 * i + 1] = addHigh(addHigh(sums[2 * i + 1], x, codes, 0), y, codes, 1);
        }
    }
    for (std::size_t i = 0; i < Rows / 4; ++i)
        vst1q_s32(to + 4 * i, sums[i]);
}

/// Where sums go: up to four outputs of each row.
struct Block {
    const float* rowScales = nullptr;
    const float* scales = nullptr;
    std::size_t rows = 0;
    std::size_t outputs = 0;
    std::size_t stride = 0;
    float* out = nullptr;
};

ESPALIER_NEON_INLINED int32x4_t lowHalves(int32x4_t one, int32x4_t two)
{
#if defined(__aarch64__) // GCC would make two moves of what follows
    return vreinterpretq_s32_s64(vzip1q_s64(vreinterpretq_s64_s32(one), vreinterpretq_s64_s32(two)));
#else
    return vcombine_s32(vget_low_s32(one), vget_low_s32(two));
#endif
}

ESPALIER_NEON_INLINED int32x4_t highHalves(int32x4_t one, int32x4_t two)
{
#if defined(__aarch64__)
    return vreinterpretq_s32_s64(vzip2q_s64(vreinterpretq_s64_s32(one), vreinterpretq_s64_s32(two)));
#else
    return vcombine_s32(vget_high_s32(one), vget_high_s32(two));
#endif
}

/// @p sums: [4 outputs x Rows]
template <std::size_t Rows>
void storeBlock(const Block& block, const std::int32_t* sums)
{
    const float32x4_t scales = vld1q_f32(block.scales);
    for (std::size_t first = 0; first < block.rows; first += 4) {
        const int32x4x2_t a = vtrnq_s32(vld1q_s32(sums + first), vld1q_s32(sums + Rows + first));
        const int32x4x2_t b = vtrnq_s32(vld1q_s32(sums + 2 * Rows + first), vld1q_s32(sums + 3 * Rows + first));
        const int32x4_t rows[4] = {lowHalves(a.val[0], b.val[0]), lowHalves(a.val[1], b.val[1]), highHalves(a.val[0], b.val[0]), highHalves(a.val[1], b.val[1])};
        float* out = block.out + first * block.stride;
        if (first + 4 <= block.rows && block.outputs == 4) {
#pragma GCC unroll 4
            for (std::size_t r = 0; r < 4; ++r, out += block.stride)
                vst1q_f32(out, vmulq_f32(vmulq_n_f32(vcvtq_f32_s32(rows[r]), block.rowScales[first + r]), scales));
            continue;
        }
        for (std::size_t r = 0; r < 4 && first + r < block.rows; ++r)
            storeFour(rows[r], block.rowScales[first + r], block.scales, block.outputs, out + r * block.stride);
    }
}

template <std::size_t Rows>
void pairTile(const PairView& lists, const QuantizedRows& rows, std::size_t row, std::size_t count, float* out)
{
    auto* transposed = reinterpret_cast<std::int16_t*>(rows.scratch);
    transposeRows<Rows>(rows.codes + row * lists.inputs, lists.inputs, count, transposed);
    std::int32_t sums[4 * Rows] = {};
    for (std::size_t first = 0; first < lists.outputs; first += 4) {
        const std::size_t outputs = lists.outputs - first < 4 ? lists.outputs - first : 4;
        for (std::size_t o = 0; o < outputs; ++o)
            listSums<Rows>(lists.pairs + lists.starts[first + o], lists.pairs + lists.starts[first + o + 1], transposed, sums + o * Rows);
        storeBlock<Rows>({rows.scales + row, lists.scales + first, count, outputs, lists.outputs, out + row * lists.outputs + first}, sums);
    }
}

constexpr std::size_t mostRows = 32;

void multiplyPairs(const PairView& lists, const QuantizedRows& rows, float* out)
{
    for (std::size_t row = 0; row < rows.count;) {
        const std::size_t left = rows.count - row;
        const std::size_t count = left < mostRows ? left : mostRows;
        if (left > 16)
            pairTile<32>(lists, rows, row, count, out);
        else if (left > 8)
            pairTile<16>(lists, rows, row, count, out);
        else
            pairTile<8>(lists, rows, row, count, out);
        row += count;
    }
}

// ---- Gather panels.

/// The sums of four outputs with one row: those of two lie in a register, each in halves.
struct HalfSums {
    int32x4_t first;
    int32x4_t second;
};

ESPALIER_NEON_INLINED void addStep(HalfSums& sums, const std::int8_t* window, const std::uint8_t* step)
{
    const int8x16_t x = pickCodes(window, step);
    const int8x16_t codes = vreinterpretq_s8_u8(vld1q_u8(step + 16));
    sums.first = vpadalq_s16(sums.first, vmull_s8(vget_low_s8(x), vget_low_s8(codes)));
    sums.second = vpadalq_s16(sums.second, vmull_s8(vget_high_s8(x), vget_high_s8(codes)));
}

ESPALIER_NEON_INLINED int32x4_t totalOf(const HalfSums& sums)
{
    return vcombine_s32(vpadd_s32(vget_low_s32(sums.first), vget_high_s32(sums.first)), vpadd_s32(vget_low_s32(sums.second), vget_high_s32(sums.second)));
}

void multiplyGather(const GatherView& panels, const QuantizedRows& rows, float* out)
{
    for (std::size_t row = 0; row < rows.count; ++row) {
        const std::int8_t* vector = rows.codes + row * panels.inputs;
        const std::uint8_t* step = panels.steps;
        const std::uint16_t* start = panels.starts;
        for (std::size_t output = 0, group = 0; output < panels.outputs; output += neonGatherShape.outputs, ++group) {
            HalfSums sums{vdupq_n_s32(0), vdupq_n_s32(0)};
            for (const std::uint16_t* end = start + panels.counts[group]; start != end; ++start, step += neonStepBytes)
                addStep(sums, vector + *start, step);
            storeFour(totalOf(sums), rows.scales[row], panels.scales + output, panels.outputs - output, out + row * panels.outputs + output);
        }
    }
}

} // namespace

void addNeonSparseKernels(Kernels& table)
{
    table.multiplyPairs = multiplyPairs;
    table.multiplyGather = multiplyGather;
    table.gatherShapes[1] = neonGatherShape;
    table.scratchPerInput = mostRows * sizeof(std::int16_t);
    table.tiles.pairs = mostRows;
    // Instructions under qemu, at 90 % zeros, GCC 12, 16 rows: 2.4 times those of a dense product (32-bit: 1.5); one row: 2.5 (2.7).
    table.costs.pairs.place = 2.4F;
    table.costsOfOneRow.gather[1].place = 2.6F;
}

} // namespace espalier::edge

#endif
