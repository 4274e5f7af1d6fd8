// SPDX-License-Identifier: Apache-2.0
// FrequencyTable: how often each symbol occurs, in 4096ths, as it stands in a package (EntropyCoding.h), and spread out for decoding.
#pragma once

#include "engine/edge/coding/ByteReader.h"
#include "engine/edge/coding/EntropyCoding.h"

#include <optional>

namespace espalier::edge {

using Frequencies = std::array<std::uint16_t, 256>; ///< of each symbol, or of each code as an unsigned byte; sum 4096

/// The symbols of group @p group of a table with groups of 2^width: [first, last), above symbol 0.
struct SymbolGroup {
    std::size_t first;
    std::size_t last;
};
constexpr SymbolGroup symbolGroup(std::size_t group, unsigned width)
{
    const std::size_t first = 1 + (group << width);
    const std::size_t last = first + (std::size_t{1} << width);
    return {first, last < coding::alphabet ? last : coding::alphabet};
}

/// How many symbols share entry @p entry of a table: entry 0 is symbol 0, entry i group i - 1.
constexpr std::size_t symbolsOf(std::size_t entry, unsigned width)
{
    if (entry == 0)
        return 1;
    const SymbolGroup group = symbolGroup(entry - 1, width);
    return group.last - group.first;
}

/// Shares @p total among the symbols of a group, the same on both sides.
void shareFrequency(Frequencies& frequencies, SymbolGroup group, std::uint32_t total);

/// A frequency for each entry of a coarse table from its level, 0 to 15, the same on both sides. Nothing where the first of the largest can't make up for the
/// shares of the small ones. @p levels are at most 255.
using EntryFrequencies = std::array<std::uint32_t, coding::alphabet>;
std::optional<EntryFrequencies> frequenciesOfLevels(std::span<const std::uint8_t> levels, unsigned width);

/// InvalidFormat where it is cut short or does not add up.
Result<Frequencies> readFrequencies(ByteReader& reader);
/// From the symbols of a table in @p order to the codes.
Frequencies codeFrequencies(const Frequencies& symbols, coding::CodeOrder order);

struct DecodingTable {
    DecodingTable() = default;
    explicit DecodingTable(const Frequencies& frequencies);

    /// Takes one symbol off @p state; the caller refills it.
    [[nodiscard]] std::uint8_t next(std::uint32_t& state) const
    {
        const std::uint32_t entry = entries[state & (coding::frequencyTotal - 1)];
        const std::uint32_t high = state >> coding::frequencyBits;
        state = (entry >> coding::frequencyBits & (coding::frequencyTotal - 1)) * high + high + (entry & (coding::frequencyTotal - 1));
        return static_cast<std::uint8_t>(entry >> (2 * coding::frequencyBits));
    }

    /// Of each slot: its symbol in the upper 8 bits, then the symbol's frequency less one and the slot's place in the symbol's range, 12 bits each.
    std::array<std::uint32_t, coding::frequencyTotal> entries{};
};

} // namespace espalier::edge
