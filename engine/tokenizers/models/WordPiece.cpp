// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/models/SubwordModels.h"
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/unicode/Utf8.h"

namespace espalier {
namespace {

class WordPiece final : public SubwordModel {
public:
    WordPiece(const ByteTrie& trie, std::string prefix, std::size_t longestWord)
        : m_trie(trie), m_prefix(std::move(prefix)), m_continuing(trie.walk(m_prefix)), m_longestWord(longestWord)
    {
    }

    void tokenize(std::string_view piece, ModelScratch&, std::vector<SubToken>& tokens) const override
    {
        const std::size_t before = tokens.size();
        bool known = countsAtMost(piece, m_longestWord);
        for (std::size_t at = 0; known && at < piece.size();) {
            const SubToken token = longestAt(piece, at);
            known = token.end > at;
            at = token.end;
            if (known)
                tokens.push_back(token);
        }
        if (known)
            return;
        // One part unknown makes the word unknown.
        tokens.resize(before);
        tokens.push_back({Tokenizer::unknownId, 0, static_cast<std::uint32_t>(piece.size())});
    }
    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "WordPiece"}, {"continuing_subword_prefix", m_prefix}, {"max_input_chars_per_word", m_longestWord}};
    }

private:
    static bool countsAtMost(std::string_view piece, std::size_t most)
    {
        if (piece.size() <= most)
            return true;
        std::size_t count = 0;
        for (const char byte : piece)
            count += unicode::isContinuation(byte) ? 0 : 1;
        return count <= most;
    }

    /// The longest entry at @p at; end == @p at when there is none.
    [[nodiscard]] SubToken longestAt(std::string_view piece, std::size_t at) const
    {
        SubToken best{0, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at)};
        std::uint32_t node = at == 0 ? ByteTrie::root : m_continuing;
        for (std::size_t end = at; end < piece.size() && node != ByteTrie::nowhere;) {
            node = m_trie.step(node, piece[end++]);
            if (node == ByteTrie::nowhere || m_trie.valueAt(node) == ByteTrie::none)
                continue;
            best.id = m_trie.valueAt(node);
            best.end = static_cast<std::uint32_t>(end);
        }
        return best;
    }

    const ByteTrie& m_trie;
    std::string m_prefix;
    std::uint32_t m_continuing; ///< where the entries for the inside of a word begin
    std::size_t m_longestWord;
};

class WordLevel final : public SubwordModel {
public:
    explicit WordLevel(const ByteTrie& trie) : m_trie(trie) {}

    void tokenize(std::string_view piece, ModelScratch&, std::vector<SubToken>& tokens) const override
    {
        const std::int32_t id = m_trie.find(piece);
        tokens.push_back({id == ByteTrie::none ? Tokenizer::unknownId : id, 0, static_cast<std::uint32_t>(piece.size())});
    }
    [[nodiscard]] Json toJson() const override { return {{"type", "WordLevel"}}; }

private:
    const ByteTrie& m_trie;
};

} // namespace

Result<SubwordModelPtr> createWordPiece(const Fields& fields, const SubwordVocabulary& vocabulary)
{
    ESPALIER_TRY(std::string prefix, fields.text("continuing_subword_prefix"));
    ESPALIER_TRY(const std::int64_t longest, fields.integer("max_input_chars_per_word"));
    if (longest < 0)
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + ".max_input_chars_per_word' must not be negative.", {}, {}};
    return SubwordModelPtr(std::make_unique<WordPiece>(vocabulary.trie(), std::move(prefix), static_cast<std::size_t>(longest)));
}

Result<SubwordModelPtr> createWordLevel(const Fields&, const SubwordVocabulary& vocabulary)
{
    return SubwordModelPtr(std::make_unique<WordLevel>(vocabulary.trie()));
}

} // namespace espalier
