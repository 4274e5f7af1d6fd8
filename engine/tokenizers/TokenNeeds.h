// SPDX-License-Identifier: Apache-2.0
// TokenNeeds: which tokens of a vocabulary must stay whatever is cut, and which others a token is built from. Private to TokenSelection.
#pragma once

#include "engine/tokenizers/Tokenizer.h"

#include <unordered_map>

namespace espalier {

/// Whether @p tokenizer is made of parts (SubwordTokenizer).
bool isSubword(const Tokenizer& tokenizer);

class TokenNeeds {
public:
    /// Both outlive it. @p counts: how often each id was seen.
    TokenNeeds(const Tokenizer& tokenizer, std::span<const std::int64_t> counts);

    /// Padding and unknown; special tokens; bytes; and letters that seen tokens are spelt with. A single ideograph counts as a word.
    [[nodiscard]] bool required(std::int32_t id) const { return m_required[static_cast<std::size_t>(id)]; }
    /// The tokens that @p id is merged from.
    [[nodiscard]] const std::vector<std::int32_t>& parts(std::int32_t id) const { return m_parts[static_cast<std::size_t>(id)]; }

private:
    void require(std::int64_t id) { m_required[static_cast<std::size_t>(id)] = true; }
    void requireText(const std::string& text);
    void requireSpecials(const Json& json);
    void requireLetters(const std::string& prefix);
    void requireBytes();
    void readMerges(const Json& model, bool byteLevel);
    void requireLeaves(std::int32_t id, std::vector<bool>& seen);
    [[nodiscard]] std::int32_t find(const std::string& text);
    [[nodiscard]] bool spelt(std::size_t id, std::string_view text) const;

    const std::vector<std::string>& m_tokens;
    std::span<const std::int64_t> m_counts;
    std::vector<std::vector<std::int32_t>> m_parts;
    std::vector<bool> m_required;
    std::unordered_map<std::string_view, std::int32_t> m_ids;
};

} // namespace espalier
