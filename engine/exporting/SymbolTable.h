// SPDX-License-Identifier: GPL-3.0-or-later
// SymbolTable: the table of frequencies that makes some symbols and itself smallest (edge/EntropyCoding.h). Grouped symbols share one
// number: a small tensor does better with a few groups at half a byte each, a large one with a number a symbol.
#pragma once

#include "engine/edge/coding/FrequencyTable.h"

#include <cstdint>
#include <string>

namespace espalier {

/// How often each symbol, or each code as an unsigned byte, occurs.
using SymbolCounts = std::array<std::uint64_t, 256>;

struct TablePlan {
    unsigned width = 0;      ///< groups of 2^width symbols
    bool coarse = false;     ///< half a byte for each group, not a number
    std::size_t groups = 0;  ///< above symbol 0
    double tableBytes = 0;   ///< of the table itself
    double bits = 0;         ///< of all the symbols under it
    [[nodiscard]] double bytes() const { return tableBytes + bits / 8; }
};

/// The best table for @p counts and what it costs, within a per mille and without making it.
TablePlan planTable(const SymbolCounts& counts);

struct SymbolTable {
    std::string bytes; ///< as it stands in the package
    edge::Frequencies frequencies{};
};

/// Makes the table of @p plan. Without any symbol it is one that holds symbol 0 only.
SymbolTable makeTable(const SymbolCounts& counts, const TablePlan& plan);

/// Seven bits a byte, the lowest first; @p value is below 2^28.
void appendVarint(std::string& bytes, std::size_t value);

} // namespace espalier
