// SPDX-License-Identifier: GPL-3.0-or-later
// EntropyEncoder: codes and scales as "i8_rans" (edge/EntropyCoding.h), and how large that will be, from counts alone. Knows no model and no
// file.
#pragma once

#include "engine/exporting/SymbolTable.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace espalier {

/// What decides the size of a tensor in "i8_rans".
struct CodeStatistics {
    std::uint64_t rows = 0;
    std::uint64_t count = 0; ///< codes in all
    std::uint64_t blocks = 0; ///< with a code that is not zero
    SymbolCounts codes{};    ///< that are not zero, by unsigned byte
    SymbolCounts gaps{};     ///< as they stand in the blocks
    std::vector<std::uint32_t> scales = std::vector<std::uint32_t>(2048); ///< that are not zero, by their upper 12 bits

    /// @p zeros zeros, and then a code that is not.
    void addGap(std::uint64_t zeros) { changeGap(zeros, 1); }
    void removeGap(std::uint64_t zeros) { changeGap(zeros, static_cast<std::uint64_t>(-1)); }

private:
    void changeGap(std::uint64_t zeros, std::uint64_t by)
    {
        gaps[0] += zeros / edge::coding::longestGap * by;
        gaps[zeros % edge::coding::longestGap + 1] += by;
    }
};

/// Predicted bytes of a tensor with @p statistics; nothing where scales lie further apart than the encoding can say.
std::optional<std::uint64_t> entropyCodedBytes(const CodeStatistics& statistics);

/// Encodes @p codes, with as many in each row. Scales have no bits set below edge::coding::scaleShift. Nothing where scales lie too far
/// apart, or the codes are so many zeros that a reader would take the tensor for an attack.
std::optional<std::string> entropyCoded(std::span<const float> scales, std::span<const std::int8_t> codes);

} // namespace espalier
