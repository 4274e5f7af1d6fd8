// SPDX-License-Identifier: Apache-2.0
// x86-64 with AVX2. What stands in front of the pragma is compiled for every x86-64.
#include "engine/edge/coding/RansVectors.h"

#if defined(__x86_64__)
#include <array>
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,popcnt")
#endif
#include "engine/edge/coding/RansRounds.h"

namespace espalier::edge {
namespace {

/// Of each set of lanes that want a word, which word each gets.
constexpr auto wordOfLane = [] {
    std::array<std::array<std::uint8_t, lanes>, 256> table{};
    for (std::size_t mask = 0; mask < table.size(); ++mask)
        for (std::uint8_t lane = 0, word = 0; lane < lanes; ++lane)
            table[mask][lane] = (mask >> lane & 1) != 0 ? word++ : 0;
    return table;
}();

struct Avx2 {
    /// The entries of eight states' symbols, of those that begin at table + offsets.
    static __m256i step(__m256i& states, const std::byte*& at, const std::uint32_t* table, __m256i offsets)
    {
        const __m256i low = _mm256_set1_epi32(coding::frequencyTotal - 1);
        const __m256i entries = _mm256_i32gather_epi32(reinterpret_cast<const int*>(table), _mm256_add_epi32(_mm256_and_si256(states, low), offsets), 4);
        const __m256i high = _mm256_srli_epi32(states, coding::frequencyBits);
        const __m256i frequencies = _mm256_and_si256(_mm256_srli_epi32(entries, coding::frequencyBits), low);
        states = _mm256_add_epi32(_mm256_add_epi32(_mm256_mullo_epi32(frequencies, high), high), _mm256_and_si256(entries, low));
        const __m256i hungry = _mm256_cmpeq_epi32(_mm256_srli_epi32(states, 16), _mm256_setzero_si256());
        const auto mask = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(hungry)));
        const __m256i words = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
        const __m256i places = _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(wordOfLane[mask].data())));
        const __m256i fed = _mm256_or_si256(_mm256_slli_epi32(states, 16), _mm256_permutevar8x32_epi32(words, places));
        states = _mm256_blendv_epi8(states, fed, hungry);
        at += ransWordBytes * static_cast<unsigned>(_mm_popcnt_u32(mask));
        return entries;
    }
};

} // namespace

RansVectors ransAvx2() { return {&decodePlain<Avx2>, &decodeGaps<Avx2>}; }

} // namespace espalier::edge
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
