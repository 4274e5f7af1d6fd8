// SPDX-License-Identifier: Apache-2.0
// The loops of RansVectors.h, to be included once for each instruction set, behind the pragma that names it. Isa::step takes eight symbols out of eight states.
#pragma once

#include "engine/edge/coding/RansVectors.h"

#include <array>
#include <cstddef>
#include <immintrin.h>

namespace espalier::edge {
namespace {

constexpr std::size_t lanes = 8;
constexpr std::size_t unrolled = 4; ///< rounds, whose symbols fill a vector
constexpr unsigned symbolShift = 2 * coding::frequencyBits;

struct Lanes {
    __m256i states;
    const std::byte* at;
};

template <std::size_t count>
using ManyLanes = std::array<Lanes, count>;

/// @p order: of the lanes, which state each has.
template <std::size_t count>
ManyLanes<count> lanesOf(const RansBlock* blocks, __m256i order)
{
    ManyLanes<count> all;
    for (std::size_t b = 0; b < count; ++b)
        all[b] = {_mm256_permutevar8x32_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(blocks[b].stream.states.data())), order), blocks[b].stream.at};
    return all;
}

template <std::size_t count>
void putBack(const ManyLanes<count>& all, RansBlock* blocks, __m256i order)
{
    for (std::size_t b = 0; b < count; ++b) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(blocks[b].stream.states.data()), _mm256_permutevar8x32_epi32(all[b].states, order));
        blocks[b].stream.at = all[b].at;
    }
}

/// Whether all have @p symbols left, and @p words for them: each round may look at those of all lanes.
template <std::size_t count>
bool reach(const ManyLanes<count>& all, const RansBlock* blocks, std::size_t symbols, std::size_t words)
{
    bool reaches = true;
    for (std::size_t b = 0; b < count; ++b)
        reaches = reaches && blocks[b].done + symbols <= blocks[b].symbols && static_cast<std::size_t>(blocks[b].stream.end - all[b].at) >= words * ransWordBytes;
    return reaches;
}

/// The lowest bytes of four vectors' lanes, side by side.
inline __m256i packed(const __m256i* symbols)
{
    const __m256i bytes = _mm256_packus_epi16(_mm256_packus_epi32(symbols[0], symbols[1]), _mm256_packus_epi32(symbols[2], symbols[3]));
    return _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

template <typename Isa, std::size_t count>
void plainRounds(RansBlock* blocks, const DecodingTable& codes)
{
    const __m256i order = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    ManyLanes<count> all = lanesOf<count>(blocks, order);
    while (reach(all, blocks, lanes * unrolled, lanes * unrolled)) {
        __m256i symbols[count][unrolled];
#pragma GCC unroll 4
        for (std::size_t round = 0; round < unrolled; ++round)
#pragma GCC unroll 4
            for (std::size_t b = 0; b < count; ++b)
                symbols[b][round] = _mm256_srli_epi32(Isa::step(all[b].states, all[b].at, codes.entries.data(), _mm256_setzero_si256()), symbolShift);
#pragma GCC unroll 4
        for (std::size_t b = 0; b < count; ++b) {
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(blocks[b].codes.data() + blocks[b].done), packed(symbols[b]));
            blocks[b].done += lanes * unrolled;
        }
    }
    putBack(all, blocks, order);
}

/// Puts four codes where their gaps say; @p entries are those of a gap, its code, the next gap... False where one says no place inside.
inline bool placeCodes(RansBlock& block, const std::uint32_t* entries)
{
    std::array<std::size_t, lanes / 2> ends{};
    std::size_t place = block.place;
    bool known = true; // a gap of 0 has no code
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const std::size_t gap = entries[2 * i] >> symbolShift;
        known = known && gap > 0;
        ends[i] = place += gap;
    }
    if (!known || place > block.codes.size())
        return false;
    for (std::size_t i = 0; i < ends.size(); ++i)
        block.codes[ends[i] - 1] = static_cast<std::int8_t>(entries[2 * i + 1] >> symbolShift);
    block.place = place;
    block.done += ends.size();
    return true;
}

/// Stops before a round in which a block has a gap without a code.
template <typename Isa, std::size_t count>
void gapRounds(RansBlock* blocks, const RansTables& tables)
{
    static_assert(offsetof(RansTables, gaps) == sizeof tables.codes.entries);
    constexpr int other = coding::frequencyTotal; // entries from the codes' to the gaps'
    const __m256i table = _mm256_setr_epi32(other, 0, other, 0, other, 0, other, 0);
    ManyLanes<count> all = lanesOf<count>(blocks, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
    bool goesOn = true;
    while (goesOn && reach(all, blocks, lanes / 2, lanes)) {
        const ManyLanes<count> before = all;
        alignas(32) std::uint32_t entries[count][lanes];
#pragma GCC unroll 4
        for (std::size_t b = 0; b < count; ++b)
            _mm256_store_si256(reinterpret_cast<__m256i*>(entries[b]), Isa::step(all[b].states, all[b].at, tables.codes.entries.data(), table));
        for (std::size_t b = 0; b < count; ++b)
            if (!placeCodes(blocks[b], entries[b])) {
                all[b] = before[b];
                goesOn = false;
            }
    }
    putBack(all, blocks, _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7));
}

template <typename Isa>
void decodePlain(RansBlock* blocks, std::size_t count, const DecodingTable& codes)
{
    if (count == vectorStreams)
        plainRounds<Isa, vectorStreams>(blocks, codes);
    else if (count == 3)
        plainRounds<Isa, 3>(blocks, codes);
    else if (count == 2)
        plainRounds<Isa, 2>(blocks, codes);
    for (std::size_t b = 0; b < count; ++b)
        plainRounds<Isa, 1>(blocks + b, codes);
}

template <typename Isa>
void decodeGaps(RansBlock* blocks, std::size_t count, const RansTables& tables)
{
    if (count == vectorStreams)
        gapRounds<Isa, vectorStreams>(blocks, tables);
    else if (count >= 2)
        gapRounds<Isa, 2>(blocks, tables);
    for (std::size_t b = 0; b < count; ++b)
        gapRounds<Isa, 1>(blocks + b, tables);
}

} // namespace
} // namespace espalier::edge
