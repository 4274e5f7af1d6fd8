// SPDX-License-Identifier: Apache-2.0
// WordCache: what the model made of the pieces seen before. A fixed number of slots of one cache line each; a piece that falls into a
// taken slot takes it over, so memory is bounded and nothing is allocated. Bytes are compared, so a hash never decides.
#pragma once

#include "engine/tokenizers/SubwordModel.h"

#include <array>
#include <cstring>

namespace espalier {

class WordCache {
public:
    static constexpr std::size_t longestPiece = 28;
    static constexpr std::size_t mostTokens = 6;

    struct alignas(64) Slot {
        std::uint32_t hash = 0;
        std::uint8_t length = 0; ///< of the piece; 0: empty
        std::uint8_t count = 0;  ///< of the tokens
        std::array<std::uint8_t, mostTokens> ends{}; ///< bytes from the piece's begin; each token begins where the one before ends
        std::array<char, longestPiece> piece{};
        std::array<std::int32_t, mostTokens> ids{};
    };

    /// The slot that holds @p piece, or nothing.
    [[nodiscard]] const Slot* find(std::string_view piece, std::uint64_t hash) const
    {
        const Slot& slot = m_slots[hash % slots];
        const bool same = slot.hash == static_cast<std::uint32_t>(hash >> 32) && slot.length == piece.size() && piece.size() <= longestPiece &&
                          std::memcmp(slot.piece.data(), piece.data(), piece.size()) == 0;
        return same ? &slot : nullptr;
    }
    /// Remembers @p tokens when they fit a slot and follow one another without a gap.
    void remember(std::string_view piece, std::uint64_t hash, std::span<const SubToken> tokens);

    static std::uint64_t hashOf(std::string_view piece)
    {
        std::uint64_t hash = piece.size() * 0x9e3779b97f4a7c15u;
        const char* at = piece.data();
        std::size_t left = piece.size();
        for (; left >= 8; at += 8, left -= 8)
            hash = mix(hash ^ load(at, 8));
        return left > 0 ? mix(hash ^ load(at, left)) : mix(hash);
    }

private:
    static constexpr std::size_t slots = 8192; // 512 KiB

    static std::uint64_t load(const char* at, std::size_t bytes)
    {
        std::uint64_t word = 0;
        std::memcpy(&word, at, bytes);
        return word;
    }
    static std::uint64_t mix(std::uint64_t value)
    {
        value *= 0xd6e8feb86659fd93u;
        return value ^ value >> 32;
    }

    std::vector<Slot> m_slots = std::vector<Slot>(slots);
};

} // namespace espalier
