// SPDX-License-Identifier: Apache-2.0
// AddedTokens: tokens that stand for themselves in a text ("[MASK]") and are found before anything else is done to it, or, when they
// are marked so, after normalisation. Where several match, the leftmost and then the longest wins.
#pragma once

#include "engine/core/Json.h"
#include "engine/tokenizers/Normalizer.h"
#include "engine/tokenizers/models/ByteTrie.h"

#include <array>

namespace espalier {

struct AddedToken {
    std::int32_t id = 0;
    std::string content;
    bool singleWord = false; ///< only where no letter or digit stands beside it
    bool stripLeft = false;  ///< takes in white space on its left
    bool stripRight = false;
    bool normalized = false; ///< looked for in the normalised text
};

class AddedTokens {
public:
    AddedTokens() = default;
    AddedTokens(AddedTokens&&) noexcept = default; ///< the tries refer to patterns, which stay where they are
    AddedTokens& operator=(AddedTokens&&) noexcept = default;

    /// @p json: the list that toJson() writes; ids below @p vocabularySize. @p normalizer may be absent.
    static Result<AddedTokens> fromJson(const Json& json, std::size_t vocabularySize, const Normalizer* normalizer);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] bool anyNormalized() const { return !m_normalized.tokens.empty(); }
    /// Cuts @p text (valid UTF-8) into added tokens and what stands between them, which is open. Replaces @p pieces.
    void findRaw(std::string_view text, std::vector<TextPiece>& pieces) const { m_raw.find(text, m_tokens, pieces); }
    void findNormalized(std::string_view text, std::vector<TextPiece>& pieces) const { m_normalized.find(text, m_tokens, pieces); }

private:
    struct Matcher {
        std::vector<std::pair<std::string, std::int32_t>> tokens; ///< pattern, index in m_tokens
        ByteTrie trie;
        std::array<bool, 256> begins{}; ///< bytes with which a pattern begins

        void build();
        void find(std::string_view text, const std::vector<AddedToken>& all, std::vector<TextPiece>& pieces) const;
        [[nodiscard]] std::pair<std::int32_t, std::size_t> longestAt(std::string_view text, std::size_t at) const;
    };

    std::vector<AddedToken> m_tokens;
    Matcher m_raw;
    Matcher m_normalized;
};

} // namespace espalier
