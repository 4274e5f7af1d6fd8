// SPDX-License-Identifier: GPL-3.0-or-later
// RansWriter: one stream of an entropy-coded tensor (edge/EntropyCoding.h), written from its end.
#pragma once

#include "engine/exporting/SymbolTable.h"

#include <vector>

namespace espalier {

/// The part of a table that one symbol has.
struct SymbolRange {
    std::uint32_t frequency = 0;
    std::uint32_t start = 0;
};
using SymbolRanges = std::array<SymbolRange, 256>;

inline SymbolRanges rangesOf(const edge::Frequencies& frequencies)
{
    SymbolRanges ranges;
    std::uint32_t start = 0;
    for (std::size_t symbol = 0; symbol < ranges.size(); ++symbol) {
        ranges[symbol] = {frequencies[symbol], start};
        start += frequencies[symbol];
    }
    return ranges;
}

/// One run of words. Symbols go in from the last to the first: a decoder takes out first what went in last.
class RansWriter {
public:
    explicit RansWriter(std::size_t states) : m_states(states, edge::coding::lowestState) {}

    void put(std::size_t state, SymbolRange range)
    {
        std::uint32_t& x = m_states[state];
        if (x >= std::uint64_t{range.frequency} << (32 - edge::coding::frequencyBits)) {
            m_words.push_back(static_cast<std::uint16_t>(x));
            x >>= 16;
        }
        x = x / range.frequency << edge::coding::frequencyBits | (x % range.frequency + range.start);
    }

    void append(std::string& bytes) const
    {
        appendVarint(bytes, m_words.size());
        for (const std::uint32_t state : m_states)
            for (unsigned shift = 0; shift < 32; shift += 8)
                bytes.push_back(static_cast<char>(state >> shift));
        for (auto word = m_words.rbegin(); word != m_words.rend(); ++word) {
            bytes.push_back(static_cast<char>(*word));
            bytes.push_back(static_cast<char>(*word >> 8));
        }
    }

private:
    std::vector<std::uint32_t> m_states;
    std::vector<std::uint16_t> m_words;
};

} // namespace espalier
