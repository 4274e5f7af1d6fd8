// SPDX-License-Identifier: Apache-2.0
// x86-64 with AVX-512, its products of bytes (VNNI) and its permutations of bytes (VBMI): what Avx512Kernels.cpp has, and sparse matrices in gather panels. Only the
// functions marked here use those instructions; the file itself is compiled for the baseline.
#include "engine/edge/kernels/KernelTables.h"
#include "engine/edge/kernels/Processor.h"

#if defined(__x86_64__)
#include "engine/edge/kernels/Avx512Tile.h"

#define ESPALIER_VBMI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512vbmi")))
#define ESPALIER_VBMI_INLINED __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512vbmi"), always_inline)) inline

namespace espalier::edge {
namespace {

constexpr GatherShape fixed{Windows::Fixed, 16, 64};
constexpr GatherShape sliding{Windows::Sliding, 16, 64};
constexpr std::size_t stepBytes = 128;

// ---- Fixed windows, several rows at once.

/// Copies rows to the scratch memory, window by window, so that one pointer reaches the same window of all.
template <std::size_t Rows>
ESPALIER_VBMI void interleave(const std::int8_t* vectors, std::size_t inputs, std::byte* to)
{
    for (std::size_t begin = 0; begin < inputs; begin += fixed.inputs)
        for (std::size_t v = 0; v < Rows; ++v, to += fixed.inputs)
            _mm512_store_si512(to, _mm512_loadu_si512(vectors + v * inputs + begin));
}

/// Adds to the sums of sixteen outputs what @p count steps of one window give. Returns the next step.
template <std::size_t Rows>
ESPALIER_VBMI_INLINED const std::uint8_t* addWindow(__m512i (&sums)[Rows], const std::byte* window, const std::uint8_t* step, std::size_t count)
{
    __m512i inputs[Rows];
    ESPALIER_UNROLLED
    for (std::size_t v = 0; v < Rows; ++v)
        inputs[v] = _mm512_load_si512(window + v * fixed.inputs);
    for (; count > 0; --count, step += stepBytes) {
        const __m512i indices = _mm512_loadu_si512(step);
        const __m512i codes = _mm512_loadu_si512(step + stepBytes / 2);
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v)
            addByteProducts(sums[v], _mm512_permutexvar_epi8(indices, inputs[v]), codes);
    }
    return step;
}

template <std::size_t Rows>
ESPALIER_VBMI void gatherTile(const GatherView& panels, const QuantizedRows& rows, std::size_t row, float* out)
{
    interleave<Rows>(rows.codes + row * panels.inputs, panels.inputs, rows.scratch);
    const std::byte* end = rows.scratch + (panels.inputs + fixed.inputs - 1) / fixed.inputs * Rows * fixed.inputs;
    const std::uint8_t* step = panels.steps;
    const std::uint32_t* count = panels.counts;
    for (std::size_t output = 0; output < panels.outputs; output += fixed.outputs) {
        __m512i sums[Rows];
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v)
            sums[v] = _mm512_loadu_si512(panels.offsets + output);
        for (const std::byte* window = rows.scratch; window != end; window += Rows * fixed.inputs)
            step = addWindow<Rows>(sums, window, step, *count++);
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v)
            storeSums({panels.scales, panels.outputs, out}, sums[v], rows.scales[row + v], row + v, output);
    }
}

/// Rows at once, such that their windows and sums stay in registers.
constexpr std::size_t mostRows = 8;

template <std::size_t Rows = mostRows>
ESPALIER_VBMI void dispatchTile(const GatherView& panels, const QuantizedRows& rows, std::size_t row, std::size_t count, float* out)
{
    if (count == Rows)
        return gatherTile<Rows>(panels, rows, row, out);
    if constexpr (Rows > 1)
        dispatchTile<Rows - 1>(panels, rows, row, count, out);
}

/// Tiles of nearly the same size: nine rows are five and four, not eight and one.
ESPALIER_VBMI void multiplyFixed(const GatherView& panels, const QuantizedRows& rows, float* out)
{
    std::size_t tiles = (rows.count + mostRows - 1) / mostRows;
    for (std::size_t row = 0; tiles > 0; --tiles) {
        const std::size_t count = (rows.count - row + tiles - 1) / tiles;
        dispatchTile(panels, rows, row, count, out);
        row += count;
    }
}

// ---- Sliding windows, one row at a time.

ESPALIER_VBMI_INLINED __m512i addStep(__m512i sums, const std::uint8_t* step, const std::int8_t* window)
{
    const __m512i inputs = _mm512_permutexvar_epi8(_mm512_loadu_si512(step), _mm512_loadu_si512(window));
    return _mm512_dpbusd_epi32(sums, inputs, _mm512_loadu_si512(step + stepBytes / 2));
}

ESPALIER_VBMI void slidingRow(const GatherView& panels, const std::int8_t* vector, const OutputView& view, float rowScale)
{
    const std::uint8_t* step = panels.steps;
    const std::uint16_t* start = panels.starts;
    const std::uint32_t* count = panels.counts;
    for (std::size_t output = 0; output < panels.outputs; output += sliding.outputs) {
        __m512i even = _mm512_loadu_si512(panels.offsets + output); // two sums, since one would wait for itself
        __m512i odd = _mm512_setzero_si512();
        std::size_t left = *count++;
        for (; left > 1; left -= 2, step += 2 * stepBytes, start += 2) {
            even = addStep(even, step, vector + start[0]);
            odd = addStep(odd, step + stepBytes, vector + start[1]);
        }
        for (; left > 0; --left, step += stepBytes, ++start)
            even = addStep(even, step, vector + *start);
        storeSums(view, _mm512_add_epi32(even, odd), rowScale, 0, output);
    }
}

void multiplyGather(const GatherView& panels, const QuantizedRows& rows, float* out)
{
    if (panels.shape.windows == Windows::Fixed)
        return multiplyFixed(panels, rows, out);
    for (std::size_t row = 0; row < rows.count; ++row)
        slidingRow(panels, rows.codes + row * panels.inputs, {panels.scales, panels.outputs, out + row * panels.outputs}, rows.scales[row]);
}

Kernels makeTable(const Kernels& narrower)
{
    Kernels table = narrower;
    table.name = "avx512_vbmi";
    table.gatherShapes = {fixed, sliding};
    table.multiplyGather = multiplyGather;
    table.scratchPerInput = mostRows;
    table.tiles.gather[0] = mostRows;
    // Zen 5, at 40 to 90 % zeros, 16 and 128 rows: 1.5 to 2.2; one row: 1.8 to 2.4.
    table.costs.gather[0].place = 1.8F;
    table.costsOfOneRow.gather[1].place = 2.1F;
    return table;
}

} // namespace

const Kernels* avx512VbmiKernels()
{
    if (avx512Kernels() == nullptr || !processorFeatures().avx512Vbmi)
        return nullptr;
    static const Kernels table = makeTable(*avx512Kernels());
    return &table;
}

} // namespace espalier::edge

#else

namespace espalier::edge {
const Kernels* avx512VbmiKernels() { return nullptr; }
} // namespace espalier::edge

#endif
