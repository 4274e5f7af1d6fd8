// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/WordCache.h"

#include <algorithm>

namespace espalier {

void WordCache::remember(std::string_view piece, std::uint64_t hash, std::span<const SubToken> tokens)
{
    if (piece.empty() || piece.size() > longestPiece || tokens.size() > mostTokens)
        return;
    std::uint32_t end = 0;
    for (const SubToken& token : tokens) {
        if (token.begin != end)
            return;
        end = token.end;
    }
    Slot& slot = m_slots[hash % slots];
    slot.hash = static_cast<std::uint32_t>(hash >> 32);
    slot.length = static_cast<std::uint8_t>(piece.size());
    slot.count = static_cast<std::uint8_t>(tokens.size());
    std::copy(piece.begin(), piece.end(), slot.piece.begin());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        slot.ids[i] = tokens[i].id;
        slot.ends[i] = static_cast<std::uint8_t>(tokens[i].end);
    }
}

} // namespace espalier
