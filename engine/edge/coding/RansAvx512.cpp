// SPDX-License-Identifier: Apache-2.0
// x86-64 with AVX-512, on half of its registers, which have an instruction that hands words out to the lanes that want one. What stands in front of the pragma is compiled for every x86-64.
#include "engine/edge/coding/RansVectors.h"

#if defined(__x86_64__)
#include <array>
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,popcnt"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,popcnt")
#endif
#include "engine/edge/coding/RansRounds.h"

namespace espalier::edge {
namespace {

struct Avx512 {
    /// The entries of eight states' symbols, of those that begin at table + offsets.
    static __m256i step(__m256i& states, const std::byte*& at, const std::uint32_t* table, __m256i offsets)
    {
        const __m256i low = _mm256_set1_epi32(coding::frequencyTotal - 1);
        const __m256i entries = _mm256_i32gather_epi32(reinterpret_cast<const int*>(table), _mm256_add_epi32(_mm256_and_si256(states, low), offsets), 4);
        const __m256i high = _mm256_srli_epi32(states, coding::frequencyBits);
        const __m256i frequencies = _mm256_and_si256(_mm256_srli_epi32(entries, coding::frequencyBits), low);
        states = _mm256_add_epi32(_mm256_add_epi32(_mm256_mullo_epi32(frequencies, high), high), _mm256_and_si256(entries, low));
        const __mmask8 hungry = _mm256_cmplt_epu32_mask(states, _mm256_set1_epi32(coding::lowestState));
        const __m256i words = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
        states = _mm256_or_si256(_mm256_mask_slli_epi32(states, hungry, states, 16), _mm256_maskz_expand_epi32(hungry, words));
        at += ransWordBytes * static_cast<unsigned>(_mm_popcnt_u32(hungry));
        return entries;
    }
};

} // namespace

RansVectors ransAvx512() { return {&decodePlain<Avx512>, &decodeGaps<Avx512>}; }

} // namespace espalier::edge
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
