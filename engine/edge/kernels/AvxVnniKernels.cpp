// SPDX-License-Identifier: Apache-2.0
// x86-64 with products of bytes in registers of 256 bits (AVX-VNNI), as small processors without AVX-512 have them: panels for dense matrices, gather panels with sliding windows
// for sparse ones. The rest is that of AVX2. Only the functions marked here use those instructions; the file itself is compiled for the baseline.
#include "engine/edge/kernels/KernelTables.h"
#include "engine/edge/kernels/Processor.h"

#if defined(__x86_64__)
#include <cstring>
#include <immintrin.h>

#define ESPALIER_VNNI __attribute__((target("avx2,avxvnni")))
#define ESPALIER_VNNI_INLINED __attribute__((target("avx2,avxvnni"), always_inline)) inline
/// On a loop over sums, which GCC keeps in registers only where it is unrolled.
#define ESPALIER_UNROLLED _Pragma("GCC unroll 8")

namespace espalier::edge {
namespace {

constexpr std::size_t floats = 8; ///< or sums, in a register

/// Where tiles of rows write their sums.
struct OutputView {
    const float* scales = nullptr; ///< as OutputTerms has them
    std::size_t outputs = 0;
    float* out = nullptr; ///< [rows x outputs]
};

/// Eight sums from @p output on, of one row.
ESPALIER_VNNI_INLINED void storeSums(const OutputView& view, __m256i sums, float rowScale, std::size_t row, std::size_t output)
{
    if (output >= view.outputs)
        return;
    const __m256 scaled = _mm256_mul_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sums), _mm256_set1_ps(rowScale)), _mm256_loadu_ps(view.scales + output));
    float* to = view.out + row * view.outputs + output;
    if (view.outputs - output >= floats)
        return _mm256_storeu_ps(to, scaled);
    const auto left = static_cast<int>(view.outputs - output);
    _mm256_maskstore_ps(to, _mm256_cmpgt_epi32(_mm256_set1_epi32(left), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)), scaled);
}

/// Eight sums begin with @p offsets. What follows seems to change them: GCC 12 would copy sums that begin with one register before and behind every product.
ESPALIER_VNNI_INLINED __m256i firstSums(const std::int32_t* offsets)
{
    __m256i sums = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(offsets));
    asm("" : "+x"(sums));
    return sums;
}

// ---- Panels.

constexpr std::size_t stepBytes = panelOutputs * panelInputs;

/// Where a tile stands.
struct PanelPlace {
    std::size_t panel = 0;
    std::size_t next = 0; ///< the panel that is needed soon and may be far from the processor yet
    std::size_t row = 0;
};

template <std::size_t Rows>
ESPALIER_VNNI void panelTile(const Panels& panels, const PanelPlace& place, const QuantizedRows& rows, float* out)
{
    const std::int8_t* codes = panels.codes.data() + place.panel * panels.panelBytes();
    const std::int8_t* next = panels.codes.data() + place.next * panels.panelBytes();
    const std::int8_t* vectors = rows.codes + place.row * panels.inputs;
    const std::int32_t* offsets = panels.terms.offsets.data() + place.panel * panelOutputs;
    __m256i low[Rows];
    __m256i high[Rows];
    ESPALIER_UNROLLED
    for (std::size_t v = 0; v < Rows; ++v) {
        low[v] = firstSums(offsets);
        high[v] = firstSums(offsets + floats);
    }
    for (std::size_t i = 0; i < panels.inputs; i += panelInputs, codes += stepBytes, next += stepBytes) {
        const __m256i one = _mm256_load_si256(reinterpret_cast<const __m256i*>(codes));
        const __m256i two = _mm256_load_si256(reinterpret_cast<const __m256i*>(codes + stepBytes / 2));
        __builtin_prefetch(next, 0, 2);
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v) {
            std::int32_t four;
            std::memcpy(&four, vectors + v * panels.inputs + i, sizeof four);
            const __m256i x = _mm256_set1_epi32(four);
            low[v] = _mm256_dpbusd_avx_epi32(low[v], x, one);
            high[v] = _mm256_dpbusd_avx_epi32(high[v], x, two);
        }
    }
    const OutputView view{panels.terms.scales.data(), panels.outputs, out};
    ESPALIER_UNROLLED
    for (std::size_t v = 0; v < Rows; ++v) {
        const std::size_t row = place.row + v;
        storeSums(view, low[v], rows.scales[row], row, place.panel * panelOutputs);
        storeSums(view, high[v], rows.scales[row], row, place.panel * panelOutputs + floats);
    }
}

/// Rows at once: twelve sums, two weights and a vector's four codes stay in registers.
constexpr std::size_t mostPanelRows = 6;

template <std::size_t Rows = mostPanelRows>
ESPALIER_VNNI void dispatchPanelTile(const Panels& panels, const PanelPlace& place, std::size_t count, const QuantizedRows& rows, float* out)
{
    if (count == Rows)
        return panelTile<Rows>(panels, place, rows, out);
    if constexpr (Rows > 1)
        dispatchPanelTile<Rows - 1>(panels, place, count, rows, out);
}

/// One panel at a time, which stays in the first-level cache while all rows pass by in tiles of nearly the same size; with the first comes the next panel.
void multiplyPanels(const Panels& panels, const QuantizedRows& rows, float* out)
{
    const std::size_t panelCount = (panels.outputs + panelOutputs - 1) / panelOutputs;
    for (std::size_t panel = 0; panel < panelCount; ++panel) {
        PanelPlace place{panel, panel + 1 < panelCount ? panel + 1 : panel};
        for (std::size_t tiles = (rows.count + mostPanelRows - 1) / mostPanelRows; tiles > 0; --tiles) {
            const std::size_t count = (rows.count - place.row + tiles - 1) / tiles;
            dispatchPanelTile(panels, place, count, rows, out);
            place = {panel, panel, place.row + count};
        }
    }
}

// ---- Gather panels.

constexpr GatherShape shape{Windows::Sliding, 8, 16};

/// Adds a step to the sums of eight outputs for each row; @p vectors: at the step's window.
template <std::size_t Rows>
ESPALIER_VNNI_INLINED void addStep(__m256i (&sums)[Rows], const std::uint8_t* step, const std::int8_t* vectors, std::size_t inputs)
{
    const __m256i indices = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(step));
    const __m256i codes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(step + shape.places()));
    ESPALIER_UNROLLED
    for (std::size_t v = 0; v < Rows; ++v) {
        const __m256i window = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(vectors + v * inputs)));
        sums[v] = _mm256_dpbusd_avx_epi32(sums[v], _mm256_shuffle_epi8(window, indices), codes);
    }
}

template <std::size_t Rows>
ESPALIER_VNNI void gatherTile(const GatherView& panels, const QuantizedRows& rows, std::size_t row, float* out)
{
    constexpr std::size_t bytes = 2 * shape.places();
    const std::int8_t* vectors = rows.codes + row * panels.inputs;
    const std::uint8_t* step = panels.steps;
    const std::uint16_t* start = panels.starts;
    const std::uint32_t* count = panels.counts;
    for (std::size_t output = 0; output < panels.outputs; output += shape.outputs) {
        __m256i even[Rows]; // two sums for each row, since one would wait for itself
        __m256i odd[Rows];
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v) {
            even[v] = firstSums(panels.offsets + output);
            odd[v] = _mm256_setzero_si256();
        }
        std::size_t left = *count++;
        for (; left > 1; left -= 2, step += 2 * bytes, start += 2) {
            addStep(even, step, vectors + start[0], panels.inputs);
            addStep(odd, step + bytes, vectors + start[1], panels.inputs);
        }
        if (left > 0)
            addStep(even, step, vectors + *start++, panels.inputs);
        step += left * bytes;
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v)
            storeSums({panels.scales, panels.outputs, out}, _mm256_add_epi32(even[v], odd[v]), rows.scales[row + v], row + v, output);
    }
}

constexpr std::size_t mostGatherRows = 4;

void multiplyGather(const GatherView& panels, const QuantizedRows& rows, float* out)
{
    std::size_t row = 0;
    for (; row + mostGatherRows <= rows.count; row += mostGatherRows)
        gatherTile<mostGatherRows>(panels, rows, row, out);
    for (; row < rows.count; ++row)
        gatherTile<1>(panels, rows, row, out);
}

Kernels makeTable(const Kernels& avx2)
{
    Kernels table = avx2;
    table.name = "avx_vnni";
    table.biasedCodes = true;
    table.multiplyPanels = multiplyPanels;
    table.multiplyGather = multiplyGather;
    table.multiplyPairs = nullptr;
    table.gatherShapes = {GatherShape{}, shape};
    table.scratchPerInput = 0;
    table.tiles = {.panels = mostPanelRows, .gather = {1, mostGatherRows}};
    table.costs = {};
    table.costs.gather[1].place = 1.9F;
    table.costsOfOneRow = {};
    table.costsOfOneRow.gather[1].place = 1.5F;
    return table;
}

} // namespace

const Kernels* avxVnniKernels()
{
    if (avx2Kernels() == nullptr || !processorFeatures().avxVnni)
        return nullptr;
    static const Kernels table = makeTable(*avx2Kernels());
    return &table;
}

} // namespace espalier::edge

#else

namespace espalier::edge {
const Kernels* avxVnniKernels() { return nullptr; }
} // namespace espalier::edge

#endif
