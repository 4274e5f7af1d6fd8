// SPDX-License-Identifier: Apache-2.0
// x86-64 with AVX-512 and its products of bytes (VNNI). Only the functions marked here use those instructions; the file itself is compiled for the baseline.
#include "engine/edge/kernels/KernelTables.h"
#include "engine/edge/kernels/Processor.h"

#if defined(__x86_64__)
#include "engine/edge/kernels/Avx512Tile.h"

#include <cstring>

#define ESPALIER_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

namespace espalier::edge {
namespace {

/// Rows worked on together: each load of the vector serves four, and their sums fill one register.
constexpr std::size_t tile = 4;

/// The last columns of a row, fewer than a register holds.
ESPALIER_AVX512 __mmask64 firstBytes(std::size_t count)
{
    return (__mmask64{1} << count) - 1;
}

ESPALIER_AVX512 __mmask16 firstFloats(std::size_t count)
{
    return static_cast<__mmask16>((1U << count) - 1);
}

template <std::size_t Rows>
ESPALIER_AVX512 void floatRows(const float* row, std::size_t stride, std::size_t columns, const float* vector, float* out)
{
    __m512 sums[Rows];
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = _mm512_setzero_ps();
    std::size_t c = 0;
    for (; c + 16 <= columns; c += 16) {
        const __m512 x = _mm512_loadu_ps(vector + c);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = _mm512_fmadd_ps(_mm512_loadu_ps(row + r * stride + c), x, sums[r]);
    }
    if (c < columns) {
        const __mmask16 mask = firstFloats(columns - c);
        const __m512 x = _mm512_maskz_loadu_ps(mask, vector + c);
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, row + r * stride + c), x, sums[r]);
    }
    for (std::size_t r = 0; r < Rows; ++r)
        out[r] = _mm512_reduce_add_ps(sums[r]);
}

ESPALIER_AVX512 void multiplyFloat(const MatrixView<float>& matrix, const float* vector, float* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        floatRows<tile>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
    for (; r < matrix.rows; ++r)
        floatRows<1>(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector, out + r);
}

/// The instruction takes one side without a sign: |x| is that side, and where x is negative the weight changes its sign.
struct Magnitudes {
    __m512i magnitude;
    __mmask64 negative;
};

ESPALIER_AVX512 Magnitudes magnitudesOf(__m512i x)
{
    return {_mm512_abs_epi8(x), _mm512_movepi8_mask(x)};
}

ESPALIER_AVX512 __m512i addProducts(__m512i sum, __m512i weights, const Magnitudes& x)
{
    return _mm512_dpbusd_epi32(sum, x.magnitude, _mm512_mask_sub_epi8(weights, x.negative, _mm512_setzero_si512(), weights));
}

template <std::size_t Rows>
ESPALIER_AVX512 void addRows(const std::int8_t* row, std::size_t stride, std::size_t columns, const std::int8_t* vector, __m512i* sums)
{
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = _mm512_setzero_si512();
    std::size_t c = 0;
    for (; c + 64 <= columns; c += 64) {
        const Magnitudes x = magnitudesOf(_mm512_loadu_si512(vector + c));
        for (std::size_t r = 0; r < Rows; ++r)
            sums[r] = addProducts(sums[r], _mm512_loadu_si512(row + r * stride + c), x);
    }
    if (c == columns)
        return;
    const __mmask64 mask = firstBytes(columns - c);
    const Magnitudes x = magnitudesOf(_mm512_maskz_loadu_epi8(mask, vector + c));
    for (std::size_t r = 0; r < Rows; ++r)
        sums[r] = addProducts(sums[r], _mm512_maskz_loadu_epi8(mask, row + r * stride + c), x);
}

ESPALIER_AVX512 __m128i quarterOf(__m512i v)
{
    const __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(v), _mm512_extracti64x4_epi64(v, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
}

/// Of four rows, side by side.
ESPALIER_AVX512 __m128i tileSums(const std::int8_t* row, std::size_t stride, std::size_t columns, const std::int8_t* vector)
{
    __m512i sums[tile];
    addRows<tile>(row, stride, columns, vector, sums);
    return _mm_hadd_epi32(_mm_hadd_epi32(quarterOf(sums[0]), quarterOf(sums[1])), _mm_hadd_epi32(quarterOf(sums[2]), quarterOf(sums[3])));
}

ESPALIER_AVX512 std::int32_t rowSum(const std::int8_t* row, std::size_t columns, const std::int8_t* vector)
{
    __m512i sum;
    addRows<1>(row, 0, columns, vector, &sum);
    return _mm512_reduce_add_epi32(sum);
}

ESPALIER_AVX512 void multiplyInt8(const MatrixView<std::int8_t>& matrix, const std::int8_t* vector, std::int32_t* out)
{
    std::size_t r = 0;
    for (; r + tile <= matrix.rows; r += tile)
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + r), tileSums(matrix.data + r * matrix.stride, matrix.stride, matrix.columns, vector));
    for (; r < matrix.rows; ++r)
        out[r] = rowSum(matrix.data + r * matrix.stride, matrix.columns, vector);
}

/// Multiplied and added apart, as the reference does.
ESPALIER_AVX512 void multiplyGroups(const GroupedView& matrix, const std::int8_t* vector, float* out)
{
    const MatrixView<std::int8_t>& codes = matrix.codes;
    for (std::size_t r = 0; r < codes.rows; r += r + tile <= codes.rows ? tile : 1) {
        const bool whole = r + tile <= codes.rows;
        const std::int8_t* row = codes.data + r * codes.stride;
        const float* scales = matrix.scales + r;
        __m128 sums = _mm_setzero_ps();
        for (std::size_t begin = 0; begin < codes.columns; begin += matrix.group, scales += matrix.scaleStride) {
            const std::size_t count = codes.columns - begin < matrix.group ? codes.columns - begin : matrix.group;
            const __m128i products = whole ? tileSums(row + begin, codes.stride, count, vector + begin) : _mm_cvtsi32_si128(rowSum(row + begin, count, vector + begin));
            sums = _mm_add_ps(sums, _mm_mul_ps(whole ? _mm_loadu_ps(scales) : _mm_load_ss(scales), _mm_cvtepi32_ps(products)));
        }
        if (whole)
            _mm_storeu_ps(out + r, sums);
        else
            _mm_store_ss(out + r, sums);
    }
}

/// Where a tile stands.
struct PanelPlace {
    std::size_t first = 0; ///< output
    std::size_t row = 0;
    const std::int8_t* next = nullptr; ///< of as many codes as a panel has: what is needed soon, and may be far from the processor yet
};

template <std::size_t Width, std::size_t Rows>
ESPALIER_AVX512 void panelTile(const Panels& panels, const PanelPlace& place, const QuantizedRows& rows, float* out)
{
    const std::size_t panelBytes = panels.panelBytes();
    const std::int8_t* codes = panels.codes.data() + place.first / panelOutputs * panelBytes;
    const std::int8_t* vectors = rows.codes + place.row * panels.inputs;
    const std::int8_t* next = place.next;
    __m512i sums[Rows][Width];
    ESPALIER_UNROLLED
    for (std::size_t v = 0; v < Rows; ++v)
        ESPALIER_UNROLLED
        for (std::size_t p = 0; p < Width; ++p)
            sums[v][p] = _mm512_loadu_si512(panels.terms.offsets.data() + place.first + p * panelOutputs);
    for (std::size_t i = 0; i < panels.inputs; i += panelInputs, codes += panelOutputs * panelInputs, next += panelOutputs * panelInputs) {
        __m512i weights[Width];
        ESPALIER_UNROLLED
        for (std::size_t p = 0; p < Width; ++p)
            weights[p] = _mm512_loadu_si512(codes + p * panelBytes);
        __builtin_prefetch(next, 0, 2);
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v) {
            std::int32_t four;
            std::memcpy(&four, vectors + v * panels.inputs + i, sizeof four);
            const __m512i x = _mm512_set1_epi32(four);
            ESPALIER_UNROLLED
            for (std::size_t p = 0; p < Width; ++p)
                addByteProducts(sums[v][p], x, weights[p]);
        }
    }
    ESPALIER_UNROLLED
    for (std::size_t v = 0; v < Rows; ++v)
        ESPALIER_UNROLLED
        for (std::size_t p = 0; p < Width; ++p)
            storeSums({panels.terms.scales.data(), panels.outputs, out}, sums[v][p], rows.scales[place.row + v], place.row + v, place.first + p * panelOutputs);
}

/// Rows at once: sixteen sums, two weights and a vector's four codes stay in registers. Beside a last, single panel fewer do.
template <std::size_t Width>
constexpr std::size_t mostPanelRows = 4 * Width;

template <std::size_t Width, std::size_t Rows = mostPanelRows<Width>>
ESPALIER_AVX512 void dispatchPanelTile(const Panels& panels, const PanelPlace& place, std::size_t count, const QuantizedRows& rows, float* out)
{
    if (count == Rows)
        return panelTile<Width, Rows>(panels, place, rows, out);
    if constexpr (Rows > 1)
        dispatchPanelTile<Width, Rows - 1>(panels, place, count, rows, out);
}

/// All rows, in tiles of nearly the same size. While the first tiles are worked on, each brings one of the next panels.
template <std::size_t Width>
ESPALIER_AVX512 void panelRows(const Panels& panels, std::size_t first, const QuantizedRows& rows, float* out)
{
    constexpr std::size_t most = mostPanelRows<Width>;
    const std::size_t panel = first / panelOutputs;
    const std::size_t tiles = (rows.count + most - 1) / most;
    for (std::size_t row = 0, done = 0; done < tiles; ++done) {
        const std::size_t count = (rows.count - row + tiles - done - 1) / (tiles - done);
        const std::size_t next = done < Width && (panel + Width + done) * panelOutputs < panels.outputs ? panel + Width + done : panel;
        dispatchPanelTile<Width>(panels, {first, row, panels.codes.data() + next * panels.panelBytes()}, count, rows, out);
        row += count;
    }
}

/// Two panels at a time, which stay in the first-level cache while all rows pass by.
ESPALIER_AVX512 void multiplyPanels(const Panels& panels, const QuantizedRows& rows, float* out)
{
    std::size_t first = 0;
    for (; first + panelOutputs < panels.outputs; first += 2 * panelOutputs)
        panelRows<2>(panels, first, rows, out);
    if (first < panels.outputs)
        panelRows<1>(panels, first, rows, out);
}

constexpr Kernels table{.name = "avx512_vnni",
                        .loops = VectorWidth::Avx512,
                        .multiplyFloat = multiplyFloat,
                        .multiplyInt8 = multiplyInt8,
                        .multiplyGroups = multiplyGroups,
                        .biasedCodes = true,
                        .multiplyPanels = multiplyPanels,
                        .tiles = {.panels = mostPanelRows<2>}};

} // namespace

const Kernels* avx512Kernels()
{
    return processorFeatures().avx512Vnni ? &table : nullptr;
}

} // namespace espalier::edge

#else

namespace espalier::edge {
const Kernels* avx512Kernels() { return nullptr; }
} // namespace espalier::edge

#endif
