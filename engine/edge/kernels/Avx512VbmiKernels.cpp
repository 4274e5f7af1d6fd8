// SPDX-License-Identifier: Apache-2.0
// x86-64 with AVX-512, its products of bytes (VNNI) and its permutations of bytes (VBMI): what Avx512Kernels.cpp has, and sparse matrices in gather panels. Only the
// functions marked here use those instructions; the file itself is compiled for the baseline.
#include "engine/edge/kernels/KernelTables.h"

#if defined(__x86_64__)
#include "engine/edge/kernels/Avx512Tile.h"

#define ESPALIER_VBMI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx512vbmi")))

namespace espalier::edge {
namespace {

constexpr GatherShape shape{16, 64};

/// The window of one row: its chunks in registers.
template <std::size_t Window>
struct Chunks {
    __m512i registers[Window];
};

template <std::size_t Window>
ESPALIER_VBMI inline __m512i pick(const Chunks<Window>& chunks, __m512i indices)
{
    if constexpr (Window == 1)
        return _mm512_permutexvar_epi8(indices, chunks.registers[0]);
    else
        return _mm512_permutex2var_epi8(chunks.registers[0], indices, chunks.registers[1]);
}

/// Sums of few rows are kept apart for every other step: one row's alone would wait for each other.
constexpr std::size_t chainsFor(std::size_t rows)
{
    return rows > 2 ? 1 : 2;
}

/// The sums of sixteen outputs of some rows.
template <std::size_t Window, std::size_t Rows>
struct Tile {
    static constexpr std::size_t chains = chainsFor(Rows);
    __m512i sums[chains][Rows];
    Chunks<Window> chunks[Rows];

    ESPALIER_VBMI void begin(const OutputTerms& terms, std::size_t output)
    {
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v) {
            sums[0][v] = firstSums(terms, output);
            ESPALIER_UNROLLED
            for (std::size_t chain = 1; chain < chains; ++chain)
                sums[chain][v] = _mm512_setzero_si512();
        }
    }
    /// Moves the window on to @p chunk.
    ESPALIER_VBMI void load(const std::byte* chunk)
    {
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v) {
            chunks[v].registers[0] = chunks[v].registers[Window - 1];
            chunks[v].registers[Window - 1] = _mm512_load_si512(chunk + v * shape.chunk);
        }
    }
    template <std::size_t Chain>
    ESPALIER_VBMI void addStep(const std::uint8_t* step)
    {
        const __m512i indices = _mm512_loadu_si512(step);
        const __m512i codes = _mm512_loadu_si512(step + 64);
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v)
            sums[Chain][v] = _mm512_dpbusd_epi32(sums[Chain][v], pick(chunks[v], indices), codes);
    }
    ESPALIER_VBMI const std::uint8_t* addSteps(const std::uint8_t* step, std::size_t count)
    {
        if constexpr (chains == 2)
            for (; count > 1; count -= 2, step += 256) {
                addStep<0>(step);
                addStep<1>(step + 128);
            }
        for (; count > 0; --count, step += 128)
            addStep<0>(step);
        return step;
    }
    [[nodiscard]] ESPALIER_VBMI __m512i sumOf(std::size_t v) const { return chains == 1 ? sums[0][v] : _mm512_add_epi32(sums[0][v], sums[chains - 1][v]); }
};

/// Copies rows to the scratch memory, chunk by chunk, so that one pointer reaches the same chunk of all.
template <std::size_t Rows>
ESPALIER_VBMI void interleave(const GatherPanels& panels, const std::int8_t* vectors, std::byte* to)
{
    for (std::size_t begin = 0; begin < panels.inputs; begin += shape.chunk)
        for (std::size_t v = 0; v < Rows; ++v, to += shape.chunk)
            _mm512_store_si512(to, _mm512_loadu_si512(vectors + v * panels.inputs + begin));
}

template <std::size_t Window, std::size_t Rows>
ESPALIER_VBMI void gatherTile(const GatherPanels& panels, const QuantizedRows& rows, std::size_t row, float* out)
{
    constexpr std::size_t chunkBytes = Rows * shape.chunk;
    interleave<Rows>(panels, rows.codes + row * panels.inputs, rows.scratch);
    const std::byte* lastChunk = rows.scratch + (panels.chunks() - 1) * chunkBytes;
    const std::uint8_t* step = panels.steps.data();
    const std::uint8_t* count = panels.counts.data();
    for (std::size_t output = 0; output < panels.outputs; output += shape.outputs) {
        Tile<Window, Rows> tile;
        tile.begin(panels.terms, output);
        if constexpr (Window == 2)
            tile.load(rows.scratch);
        for (const std::byte* chunk = rows.scratch; chunk <= lastChunk; chunk += chunkBytes) {
            tile.load(Window == 2 && chunk != lastChunk ? chunk + chunkBytes : chunk); // the last window of two has nothing behind its first chunk
            step = tile.addSteps(step, *count++);
        }
        ESPALIER_UNROLLED
        for (std::size_t v = 0; v < Rows; ++v)
            storeSums({panels.terms, panels.outputs, out}, tile.sumOf(v), rows.scales[row + v], row + v, output);
    }
}

/// Rows at once, such that their chunks and sums stay in registers.
template <std::size_t Window>
constexpr std::size_t mostRows = Window == 1 ? 8 : 6;

template <std::size_t Window, std::size_t Rows = mostRows<Window>>
ESPALIER_VBMI void dispatchTile(const GatherPanels& panels, const QuantizedRows& rows, std::size_t row, std::size_t count, float* out)
{
    if (count == Rows)
        return gatherTile<Window, Rows>(panels, rows, row, out);
    if constexpr (Rows > 1)
        dispatchTile<Window, Rows - 1>(panels, rows, row, count, out);
}

/// Tiles of nearly the same size: seven rows are four and three, not six and one.
template <std::size_t Window>
ESPALIER_VBMI void gatherRows(const GatherPanels& panels, const QuantizedRows& rows, float* out)
{
    std::size_t tiles = (rows.count + mostRows<Window> - 1) / mostRows<Window>;
    for (std::size_t row = 0; tiles > 0; --tiles) {
        const std::size_t count = (rows.count - row + tiles - 1) / tiles;
        dispatchTile<Window>(panels, rows, row, count, out);
        row += count;
    }
}

void multiplyGather(const GatherPanels& panels, const QuantizedRows& rows, float* out)
{
    if (panels.window == 1)
        gatherRows<1>(panels, rows, out);
    else
        gatherRows<2>(panels, rows, out);
}

Kernels makeTable(const Kernels& narrower)
{
    Kernels table = narrower;
    table.name = "avx512_vbmi";
    table.gatherShape = shape;
    table.multiplyGather = multiplyGather;
    table.scratchPerInput = mostRows<1>;
    // Zen 5, at 75 to 95 % zeros: 1.2 to 1.7, 1.5 to 2.9; one row: 1.6 to 2.1, 1.7 to 2.1.
    table.costs.gather = {1.45F, 2.15F};
    table.costsOfOneRow.gather = {1.9F, 1.9F};
    return table;
}

} // namespace

const Kernels* avx512VbmiKernels()
{
    __builtin_cpu_init();
    if (avx512Kernels() == nullptr || !__builtin_cpu_supports("avx512vbmi"))
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
