// SPDX-License-Identifier: Apache-2.0
// RansReader: one run of words and the states that share it, as EntropyCoding.h has them, and how a symbol is taken out.
#pragma once

#include "engine/edge/coding/FrequencyTable.h"

#include <algorithm>
#include <cstring>

namespace espalier::edge {

constexpr std::size_t ransWordBytes = 2;

/// Where the words end too early the states stay low, which finished() sees.
template <std::size_t count>
struct RansStream {
    std::array<std::uint32_t, count> states{};
    const std::byte* at = nullptr;
    const std::byte* end = nullptr;

    static Result<RansStream> read(ByteReader& reader)
    {
        RansStream stream;
        const std::size_t words = reader.varint();
        for (std::uint32_t& state : stream.states)
            state = reader.u32();
        const auto bytes = reader.take(words * ransWordBytes);
        if (!reader.ok())
            return Error{ErrorCode::InvalidFormat, "is cut short in a stream", {}, {}};
        stream.at = bytes.data();
        stream.end = stream.at + bytes.size();
        return stream;
    }

    /// Whether @p symbols more can be decoded without looking for the end.
    [[nodiscard]] bool holds(std::size_t symbols) const { return static_cast<std::size_t>(end - at) >= symbols * ransWordBytes; }

    [[nodiscard]] bool finished() const
    {
        return at == end && std::all_of(states.begin(), states.end(), [](std::uint32_t state) { return state == coding::lowestState; });
    }
};

/// One symbol. A branch for the word would be mispredicted every other time.
inline std::uint8_t nextUnchecked(const DecodingTable& table, std::uint32_t& state, const std::byte*& at)
{
    const std::uint8_t symbol = table.next(state);
    std::uint16_t word;
    std::memcpy(&word, at, ransWordBytes);
    const bool low = state < coding::lowestState;
    state = low ? state << 16 | word : state;
    at += low ? ransWordBytes : 0;
    return symbol;
}

inline std::uint8_t nextChecked(const DecodingTable& table, std::uint32_t& state, const std::byte*& at, const std::byte* end)
{
    const std::uint8_t symbol = table.next(state);
    if (state < coding::lowestState && at != end) {
        std::uint16_t word;
        std::memcpy(&word, at, ransWordBytes);
        state = state << 16 | word;
        at += ransWordBytes;
    }
    return symbol;
}

/// Takes @p symbols out of @p whole in turns, each given to @p store with its index.
template <std::size_t count, typename Store>
inline void decodeSymbols(RansStream<count>& whole, const DecodingTable& table, std::size_t symbols, Store store)
{
    RansStream<count> stream = whole; // its states in registers
    std::size_t i = 0;
    for (; i + count <= symbols && stream.holds(count); i += count)
#pragma GCC unroll 8
        for (std::size_t s = 0; s < count; ++s)
            store(i + s, nextUnchecked(table, stream.states[s], stream.at));
    for (; i < symbols; ++i)
        store(i, nextChecked(table, stream.states[i % count], stream.at, stream.end));
    whole = stream;
}

} // namespace espalier::edge
