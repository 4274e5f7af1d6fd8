// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/FrequencyTable.h"

#include <algorithm>

namespace espalier::edge {
namespace {

Error badTable(const char* why)
{
    return {ErrorCode::InvalidFormat, std::string("has a table of frequencies that ") + why, {}, {}};
}

/// @p entries is at most 255, here and below: the groups of a table begin below its last symbol.
Result<EntryFrequencies> readExact(ByteReader& reader, std::size_t entries, unsigned width)
{
    EntryFrequencies frequencies{};
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < entries; ++i) {
        const std::uint32_t total = reader.varint();
        if (total > coding::frequencyTotal)
            return badTable("gives symbols more than 4096");
        if (i > 0 && total > 0 && total < symbolsOf(i, width))
            return badTable("gives a symbol no share");
        frequencies[i] = total;
        sum += total;
    }
    if (!reader.ok())
        return badTable("is cut short");
    if (sum != coding::frequencyTotal)
        return badTable("does not add up to 4096");
    return frequencies;
}

Result<EntryFrequencies> readLevels(ByteReader& reader, std::size_t entries, unsigned width)
{
    std::array<std::uint8_t, coding::alphabet + 1> levels{};
    for (std::size_t i = 0; i < entries; i += 2) {
        const std::uint8_t both = reader.u8();
        levels[i] = both & 15;
        levels[i + 1] = both >> 4;
    }
    if (!reader.ok())
        return badTable("is cut short");
    const auto frequencies = frequenciesOfLevels(std::span(levels).first(entries), width);
    if (!frequencies)
        return badTable("does not add up to 4096");
    return *frequencies;
}

} // namespace

void shareFrequency(Frequencies& frequencies, SymbolGroup group, std::uint32_t total)
{
    const auto size = static_cast<std::uint32_t>(group.last - group.first);
    for (std::size_t symbol = group.first; symbol < group.last; ++symbol)
        frequencies[symbol] = static_cast<std::uint16_t>(total / size + (symbol - group.first < total % size ? 1 : 0));
}

std::optional<EntryFrequencies> frequenciesOfLevels(std::span<const std::uint8_t> levels, unsigned width)
{
    EntryFrequencies frequencies{};
    std::uint32_t weights = 0;
    for (const std::uint8_t level : levels)
        weights += coding::levelWeights[level];
    std::uint32_t others = 0;
    const auto largest = static_cast<std::size_t>(std::max_element(levels.begin(), levels.end()) - levels.begin());
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] == 0 || i == largest)
            continue;
        frequencies[i] = std::max(static_cast<std::uint32_t>(symbolsOf(i, width)), coding::frequencyTotal * coding::levelWeights[levels[i]] / weights);
        others += frequencies[i];
    }
    if (weights == 0 || others + symbolsOf(largest, width) > coding::frequencyTotal)
        return std::nullopt;
    frequencies[largest] = coding::frequencyTotal - others;
    return frequencies;
}

Result<Frequencies> readFrequencies(ByteReader& reader)
{
    const std::uint32_t form = reader.u8();
    const std::uint32_t width = form % coding::coarseTable;
    const std::uint32_t groups = reader.u8();
    if (form >= 2 * coding::coarseTable || (groups > 0 && symbolGroup(groups - 1, width).first >= coding::alphabet))
        return badTable("has more than 255 symbols");
    ESPALIER_TRY(const EntryFrequencies entries, form < coding::coarseTable ? readExact(reader, groups + 1, width) : readLevels(reader, groups + 1, width));
    Frequencies frequencies{};
    frequencies[0] = static_cast<std::uint16_t>(entries[0]);
    for (std::uint32_t i = 0; i < groups; ++i)
        shareFrequency(frequencies, symbolGroup(i, width), entries[i + 1]);
    return frequencies;
}

Frequencies codeFrequencies(const Frequencies& symbols, coding::CodeOrder order)
{
    Frequencies codes{};
    for (std::size_t symbol = 0; symbol < coding::alphabet; ++symbol)
        codes[static_cast<std::uint8_t>(coding::codeOf(symbol, order))] = symbols[symbol];
    return codes;
}

DecodingTable::DecodingTable(const Frequencies& frequencies)
{
    std::size_t slot = 0;
    for (std::uint32_t symbol = 0; symbol < frequencies.size(); ++symbol)
        for (std::uint32_t place = 0; place < frequencies[symbol]; ++place)
            entries[slot++] = symbol << (2 * coding::frequencyBits) | (frequencies[symbol] - 1U) << coding::frequencyBits | place;
}

} // namespace espalier::edge
