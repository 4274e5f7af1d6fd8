// SPDX-License-Identifier: Apache-2.0
// RansVectors: the streams of eight states of several blocks at once (EntropyCoding.h), on x86-64 with gathered loads. One stream alone is bound by the time that a
// symbol takes from its state to the next; four beside each other keep the processor busy.
#pragma once

#include "engine/edge/coding/RansReader.h"

namespace espalier::edge {

inline constexpr std::size_t vectorStreams = 4;

/// What the streams of one tensor are decoded with: those of the form gaps lie in both, alternating.
struct RansTables {
    DecodingTable codes;
    DecodingTable gaps;
};

/// One block on its way.
struct RansBlock {
    RansStream<8> stream;
    std::span<std::int8_t> codes; ///< of the block; zeros before, in the form gaps
    std::size_t symbols = 0; ///< or gaps, in all
    std::size_t done = 0;    ///< of them
    std::size_t place = 0;   ///< in the form gaps: codes that are settled
};

/// Each carries @p count blocks on, at most vectorStreams, as far as full vectors reach; what remains is for the caller. In the form gaps that may be short of the end.
/// Nothing where this processor has no such instructions.
struct RansVectors {
    void (*plain)(RansBlock* blocks, std::size_t count, const DecodingTable& codes) = nullptr;
    void (*gaps)(RansBlock* blocks, std::size_t count, const RansTables& tables) = nullptr;
};

const RansVectors& ransVectors();
/// Those of one instruction set, whatever this processor has.
RansVectors ransAvx2();
RansVectors ransAvx512();

} // namespace espalier::edge
