// SPDX-License-Identifier: Apache-2.0
// Sparse matrices on x86-64 with AVX2: pair lists for several rows, gather panels for one. Only the functions marked here use those instructions; the file itself is compiled
// for the baseline.
#include "engine/edge/kernels/KernelTables.h"

#if defined(__x86_64__)
#include <cstring>
#include <immintrin.h>

#define ESPALIER_AVX2 __attribute__((target("avx2")))
#define ESPALIER_AVX2_INLINED __attribute__((target("avx2"), always_inline)) inline

namespace espalier::edge {
namespace {

// ---- Pair lists. The scratch memory holds rows transposed: of each input, the codes of 16 rows as numbers of 16 bits.

constexpr std::size_t rowBytes = pairListRows * sizeof(std::int16_t);

/// Interleaves pairs of registers' halves: four such rounds over sixteen registers transpose their bytes.
ESPALIER_AVX2_INLINED void interleaveBytes(__m128i* from, __m128i* to)
{
    for (std::size_t i = 0; i < 8; ++i) {
        to[2 * i] = _mm_unpacklo_epi8(from[i], from[i + 8]);
        to[2 * i + 1] = _mm_unpackhi_epi8(from[i], from[i + 8]);
    }
}

/// Inputs @p first to @p first + 16 of 16 rows, of which those from @p count on repeat the last.
ESPALIER_AVX2 void transposeBlock(const std::int8_t* codes, std::size_t inputs, std::size_t count, std::byte* to)
{
    __m128i a[16];
    __m128i b[16];
    for (std::size_t r = 0; r < 16; ++r)
        a[r] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes + (r < count ? r : count - 1) * inputs));
    interleaveBytes(a, b);
    interleaveBytes(b, a);
    interleaveBytes(a, b);
    interleaveBytes(b, a);
    for (std::size_t i = 0; i < 16; ++i)
        _mm256_store_si256(reinterpret_cast<__m256i*>(to + i * rowBytes), _mm256_cvtepi8_epi16(a[i]));
}

/// Up to 16 rows. The scratch memory has room for whole blocks, and behind the last row some bytes may be read.
ESPALIER_AVX2 void transposeRows(const std::int8_t* codes, std::size_t inputs, std::size_t count, std::byte* to)
{
    for (std::size_t first = 0; first < inputs; first += 16)
        transposeBlock(codes + first, inputs, count, to + first * rowBytes);
}

ESPALIER_AVX2_INLINED std::int32_t codesOf(const CodePair& pair)
{
    std::int32_t both;
    std::memcpy(&both, pair.codes, sizeof both);
    return both;
}

/// The sums of one output with rows whose codes stand in the scratch memory: eight rows' a register, two for sixteen rows.
ESPALIER_AVX2_INLINED void sixteenSums(const CodePair* pair, const CodePair* end, const std::byte* rows, std::int32_t* to)
{
    __m256i low = _mm256_setzero_si256(); // rows 0 to 3 and 8 to 11
    __m256i high = _mm256_setzero_si256();
    for (; pair != end; ++pair) {
        const __m256i one = _mm256_load_si256(reinterpret_cast<const __m256i*>(rows + pair->inputs[0] * rowBytes));
        const __m256i two = _mm256_load_si256(reinterpret_cast<const __m256i*>(rows + pair->inputs[1] * rowBytes));
        const __m256i codes = _mm256_set1_epi32(codesOf(*pair));
        low = _mm256_add_epi32(low, _mm256_madd_epi16(_mm256_unpacklo_epi16(one, two), codes));
        high = _mm256_add_epi32(high, _mm256_madd_epi16(_mm256_unpackhi_epi16(one, two), codes));
    }
    _mm256_store_si256(reinterpret_cast<__m256i*>(to), _mm256_permute2x128_si256(low, high, 0x20));
    _mm256_store_si256(reinterpret_cast<__m256i*>(to + 8), _mm256_permute2x128_si256(low, high, 0x31));
}

ESPALIER_AVX2_INLINED void eightSums(const CodePair* pair, const CodePair* end, const std::byte* rows, std::int32_t* to)
{
    __m128i low = _mm_setzero_si128();
    __m128i high = _mm_setzero_si128();
    for (; pair != end; ++pair) {
        const __m128i one = _mm_load_si128(reinterpret_cast<const __m128i*>(rows + pair->inputs[0] * rowBytes));
        const __m128i two = _mm_load_si128(reinterpret_cast<const __m128i*>(rows + pair->inputs[1] * rowBytes));
        const __m128i codes = _mm_set1_epi32(codesOf(*pair));
        low = _mm_add_epi32(low, _mm_madd_epi16(_mm_unpacklo_epi16(one, two), codes));
        high = _mm_add_epi32(high, _mm_madd_epi16(_mm_unpackhi_epi16(one, two), codes));
    }
    _mm_store_si128(reinterpret_cast<__m128i*>(to), low);
    _mm_store_si128(reinterpret_cast<__m128i*>(to + 4), high);
}

/// From [8 outputs x pairListRows] to [8 rows x 8 outputs].
ESPALIER_AVX2_INLINED void transposeSums(const std::int32_t* sums, __m256i* out)
{
    __m256i a[8];
    __m256i b[8];
    for (std::size_t o = 0; o < 8; ++o)
        a[o] = _mm256_load_si256(reinterpret_cast<const __m256i*>(sums + o * pairListRows));
    for (std::size_t i = 0; i < 4; ++i) {
        b[2 * i] = _mm256_unpacklo_epi32(a[2 * i], a[2 * i + 1]);
        b[2 * i + 1] = _mm256_unpackhi_epi32(a[2 * i], a[2 * i + 1]);
    }
    for (std::size_t half = 0; half < 8; half += 4)
        for (std::size_t i = 0; i < 2; ++i) {
            a[half + 2 * i] = _mm256_unpacklo_epi64(b[half + i], b[half + i + 2]);
            a[half + 2 * i + 1] = _mm256_unpackhi_epi64(b[half + i], b[half + i + 2]);
        }
    for (std::size_t i = 0; i < 4; ++i) {
        out[i] = _mm256_permute2x128_si256(a[i], a[i + 4], 0x20);
        out[i + 4] = _mm256_permute2x128_si256(a[i], a[i + 4], 0x31);
    }
}

/// Where a block of sums goes: @c rows rows and up to eight outputs from @c output on.
struct Block {
    const float* rowScales = nullptr;
    const float* scales = nullptr;
    std::size_t rows = 0;
    std::size_t outputs = 0;
    std::size_t stride = 0;
    float* out = nullptr;
};

ESPALIER_AVX2 void storeBlock(const Block& block, const std::int32_t* sums)
{
    const __m256 scales = _mm256_loadu_ps(block.scales);
    const __m256i mask = _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(block.outputs)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
    for (std::size_t first = 0; first < block.rows; first += 8) {
        __m256i rows[8];
        transposeSums(sums + first, rows);
        for (std::size_t r = 0; r < 8 && first + r < block.rows; ++r) {
            const __m256 scaled = _mm256_mul_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(rows[r]), _mm256_set1_ps(block.rowScales[first + r])), scales);
            float* to = block.out + (first + r) * block.stride;
            if (block.outputs >= 8)
                _mm256_storeu_ps(to, scaled);
            else
                _mm256_maskstore_ps(to, mask, scaled);
        }
    }
}

/// @p count rows from @p row on, at most pairListRows.
ESPALIER_AVX2 void pairTile(const PairView& lists, const QuantizedRows& rows, std::size_t row, std::size_t count, float* out)
{
    transposeRows(rows.codes + row * lists.inputs, lists.inputs, count, rows.scratch);
    alignas(32) std::int32_t sums[pairListOutputs * pairListRows];
    for (std::size_t first = 0; first < lists.outputs; first += pairListOutputs) {
        const std::size_t outputs = lists.outputs - first < pairListOutputs ? lists.outputs - first : pairListOutputs;
        for (std::size_t o = 0; o < outputs; ++o) {
            const CodePair* pair = lists.pairs + lists.starts[first + o];
            const CodePair* end = lists.pairs + lists.starts[first + o + 1];
            if (count > 8)
                sixteenSums(pair, end, rows.scratch, sums + o * pairListRows);
            else
                eightSums(pair, end, rows.scratch, sums + o * pairListRows);
        }
        storeBlock({rows.scales + row, lists.scales + first, count, outputs, lists.outputs, out + row * lists.outputs + first}, sums);
    }
}

void multiplyPairs(const PairView& lists, const QuantizedRows& rows, float* out)
{
    for (std::size_t row = 0; row < rows.count; row += pairListRows)
        pairTile(lists, rows, row, rows.count - row < pairListRows ? rows.count - row : pairListRows, out);
}

// ---- Gather panels.

constexpr GatherShape shape{Windows::Sliding, 8, 16};

/// |x| times the code with x's sign: a pair of products is at most 2 * 127 * 127 = 32258, so the 16-bit sum never saturates.
ESPALIER_AVX2_INLINED __m256i addProducts(__m256i sum, __m256i codes, __m256i x)
{
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(x), _mm256_sign_epi8(codes, x));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

/// The sums of eight outputs with one row: @p count steps.
ESPALIER_AVX2_INLINED __m256i groupSums(const std::int8_t* vector, const std::uint8_t* step, const std::uint16_t* start, std::size_t count)
{
    __m256i sums = _mm256_setzero_si256();
    for (const std::uint16_t* end = start + count; start != end; ++start, step += 64) {
        const __m256i window = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(vector + *start)));
        const __m256i indices = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(step));
        const __m256i codes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(step + 32));
        sums = addProducts(sums, codes, _mm256_shuffle_epi8(window, indices));
    }
    return sums;
}

ESPALIER_AVX2 void gatherRow(const GatherView& panels, const std::int8_t* vector, float rowScale, float* out)
{
    const std::uint8_t* step = panels.steps;
    const std::uint16_t* start = panels.starts;
    const std::uint32_t* count = panels.counts;
    for (std::size_t output = 0; output < panels.outputs; output += shape.outputs, step += *count * 64, start += *count++) {
        const __m256 sums = _mm256_cvtepi32_ps(groupSums(vector, step, start, *count));
        alignas(32) float scaled[8];
        _mm256_store_ps(scaled, _mm256_mul_ps(_mm256_mul_ps(sums, _mm256_set1_ps(rowScale)), _mm256_loadu_ps(panels.scales + output)));
        for (std::size_t o = 0; o < 8 && output + o < panels.outputs; ++o)
            out[output + o] = scaled[o];
    }
}

void multiplyGather(const GatherView& panels, const QuantizedRows& rows, float* out)
{
    for (std::size_t row = 0; row < rows.count; ++row)
        gatherRow(panels, rows.codes + row * panels.inputs, rows.scales[row], out + row * panels.outputs);
}

} // namespace

void addAvx2SparseKernels(Kernels& table)
{
    table.multiplyPairs = multiplyPairs;
    table.multiplyGather = multiplyGather;
    table.gatherShapes = {GatherShape{}, shape};
    table.scratchPerInput = rowBytes;
    table.tiles.pairs = pairListRows;
    // Zen 5, at 50 to 95 % zeros, 16 and 128 rows: 1.3 to 2.7; one row: 1.4 to 1.6.
    table.costs.pairs.place = 1.9F;
    table.costsOfOneRow.gather[1].place = 1.55F;
}

} // namespace espalier::edge

#endif
