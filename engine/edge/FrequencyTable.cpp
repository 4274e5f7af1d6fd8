// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/FrequencyTable.h"

#include <algorithm>

namespace espalier::edge {
namespace {

Error badTable(const char* why)
{
    return {ErrorCode::InvalidFormat, std::string("has a table of frequencies that ") + why, {}, {}};
}

} // namespace

void shareFrequency(Frequencies& frequencies, SymbolGroup group, std::uint32_t total)
{
    const auto size = static_cast<std::uint32_t>(group.last - group.first);
    for (std::size_t symbol = group.first; symbol < group.last; ++symbol)
        frequencies[symbol] = static_cast<std::uint16_t>(total / size + (symbol - group.first < total % size ? 1 : 0));
}

Result<Frequencies> readFrequencies(ByteReader& reader)
{
    Frequencies frequencies{};
    const std::uint32_t width = reader.u8();
    const std::uint32_t groups = reader.u8();
    std::uint32_t sum = reader.varint();
    if (width > 7 || (groups > 0 && symbolGroup(groups - 1, width).first >= coding::alphabet))
        return badTable("has more than 255 symbols");
    if (sum > coding::frequencyTotal)
        return badTable("gives a symbol more than 4096");
    frequencies[0] = static_cast<std::uint16_t>(sum);
    for (std::uint32_t i = 0; i < groups; ++i) {
        const SymbolGroup group = symbolGroup(i, width);
        const std::uint32_t total = reader.varint();
        if (total > coding::frequencyTotal)
            return badTable("gives symbols more than 4096");
        if (total > 0 && total < group.last - group.first)
            return badTable("gives a symbol no share");
        shareFrequency(frequencies, group, total);
        sum += total;
    }
    if (!reader.ok())
        return badTable("is cut short");
    if (sum != coding::frequencyTotal)
        return badTable("does not add up to 4096");
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
    std::uint32_t start = 0;
    for (std::size_t symbol = 0; symbol < frequencies.size(); ++symbol) {
        ranges[symbol] = {frequencies[symbol], static_cast<std::uint16_t>(start)};
        std::fill_n(symbols.begin() + start, frequencies[symbol], static_cast<std::uint8_t>(symbol));
        start += frequencies[symbol];
    }
}

} // namespace espalier::edge
