// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/models/Merges.h"
#include "engine/tokenizers/models/SubwordModels.h"
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>

namespace espalier {
namespace {

struct BpeOptions {
    bool unknown = false;    ///< characters outside the vocabulary become the unknown token; otherwise they are dropped
    bool fuseUnknown = false; ///< neighbours of those become one
    bool byteFallback = false; ///< or are spelt in bytes
    bool ignoreMerges = false; ///< a piece that is an entry is taken whole
    std::string prefix;      ///< of every character but a piece's first
    std::string suffix;      ///< of a piece's last character
};

class Bpe final : public SubwordModel {
public:
    Bpe(const SubwordVocabulary& vocabulary, BpeOptions options, Merges merges)
        : m_trie(vocabulary.trie()), m_options(std::move(options)), m_merges(std::move(merges))
    {
        if (m_options.byteFallback)
            m_bytes = byteTokens(vocabulary);
    }

    void tokenize(std::string_view piece, ModelScratch& scratch, std::vector<SubToken>& tokens) const override
    {
        if (m_options.ignoreMerges)
            if (const std::int32_t id = m_trie.find(piece); id != ByteTrie::none) {
                tokens.push_back({id, 0, static_cast<std::uint32_t>(piece.size())});
                return;
            }
        spell(piece, scratch);
        mergeAll(scratch);
        for (const auto& symbol : scratch.symbols)
            if (symbol.begin < symbol.end)
                tokens.push_back({symbol.id, symbol.begin, symbol.end});
    }

    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "BPE"},
                {"unknown", m_options.unknown},
                {"fuse_unk", m_options.fuseUnknown},
                {"byte_fallback", m_options.byteFallback},
                {"ignore_merges", m_options.ignoreMerges},
                {"continuing_subword_prefix", m_options.prefix},
                {"end_of_word_suffix", m_options.suffix},
                {"merges", m_merges.toJson()}};
    }

private:
    using Symbol = ModelScratch::Symbol;

    /// The id of the character from @p begin to @p end, dressed as its place asks, or none.
    [[nodiscard]] std::int32_t idOf(std::string_view piece, std::size_t begin, std::size_t end) const
    {
        std::uint32_t node = ByteTrie::root;
        if (begin > 0)
            node = m_trie.walk(m_options.prefix, node);
        if (node != ByteTrie::nowhere)
            node = m_trie.walk(piece.substr(begin, end - begin), node);
        if (node != ByteTrie::nowhere && end == piece.size())
            node = m_trie.walk(m_options.suffix, node);
        return node == ByteTrie::nowhere ? ByteTrie::none : m_trie.valueAt(node);
    }

    /// Writes a character as its bytes. False when a byte has no token.
    bool spellBytes(std::string_view piece, std::size_t begin, std::size_t end, std::vector<Symbol>& symbols) const
    {
        if (!m_options.byteFallback)
            return false;
        for (std::size_t at = begin; at < end; ++at)
            if (m_bytes[static_cast<unsigned char>(piece[at])] == ByteTrie::none)
                return false;
        for (std::size_t at = begin; at < end; ++at)
            symbols.push_back({m_bytes[static_cast<unsigned char>(piece[at])], static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1), -1, -1});
        return true;
    }

    /// The piece's characters as symbols. What is unknown waits until something known follows, as in the reference.
    void spell(std::string_view piece, ModelScratch& scratch) const
    {
        std::vector<Symbol>& symbols = scratch.symbols;
        symbols.clear();
        Symbol waiting;
        const auto flush = [&] {
            if (waiting.begin < waiting.end)
                symbols.push_back(waiting);
            waiting = {};
        };
        for (std::size_t at = 0; at < piece.size();) {
            const std::size_t begin = at;
            at += unicode::lengthOf(piece[at]);
            const std::int32_t id = idOf(piece, begin, at);
            if (id != ByteTrie::none) {
                flush();
                symbols.push_back({id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at), -1, -1});
                continue;
            }
            if (spellBytes(piece, begin, at, symbols) || !m_options.unknown)
                continue;
            if (!m_options.fuseUnknown)
                flush();
            if (waiting.begin == waiting.end)
                waiting = {Tokenizer::unknownId, static_cast<std::uint32_t>(begin), 0, -1, -1};
            waiting.end = static_cast<std::uint32_t>(at);
        }
        flush();
        for (std::size_t i = 0; i < symbols.size(); ++i) {
            symbols[i].previous = static_cast<std::int32_t>(i) - 1;
            symbols[i].next = i + 1 < symbols.size() ? static_cast<std::int32_t>(i) + 1 : -1;
        }
    }

    void propose(ModelScratch& scratch, std::int32_t left) const
    {
        if (left < 0 || scratch.symbols[static_cast<std::size_t>(left)].next < 0)
            return;
        const Symbol& a = scratch.symbols[static_cast<std::size_t>(left)];
        const Merge* merge = m_merges.find(a.id, scratch.symbols[static_cast<std::size_t>(a.next)].id);
        if (!merge)
            return;
        scratch.heap.push_back({merge->rank, static_cast<std::uint32_t>(left), merge->result});
        std::push_heap(scratch.heap.begin(), scratch.heap.end(), later);
    }

    static bool later(const ModelScratch::Candidate& a, const ModelScratch::Candidate& b)
    {
        return a.rank != b.rank ? a.rank > b.rank : a.position > b.position;
    }

    /// Merges pair after pair, lowest rank first, leftmost among equals: n log n for n characters.
    void mergeAll(ModelScratch& scratch) const
    {
        scratch.heap.clear();
        for (std::size_t i = 0; i + 1 < scratch.symbols.size(); ++i)
            propose(scratch, static_cast<std::int32_t>(i));
        while (!scratch.heap.empty()) {
            std::pop_heap(scratch.heap.begin(), scratch.heap.end(), later);
            const auto best = scratch.heap.back();
            scratch.heap.pop_back();
            Symbol& left = scratch.symbols[best.position];
            if (left.begin == left.end || left.next < 0)
                continue;
            Symbol& right = scratch.symbols[static_cast<std::size_t>(left.next)];
            const Merge* merge = m_merges.find(left.id, right.id);
            if (!merge || merge->result != best.result)
                continue; // the pair has changed since
            left.id = best.result;
            left.end = right.end;
            right.end = right.begin;
            left.next = right.next;
            if (left.next >= 0)
                scratch.symbols[static_cast<std::size_t>(left.next)].previous = static_cast<std::int32_t>(best.position);
            propose(scratch, left.previous);
            propose(scratch, static_cast<std::int32_t>(best.position));
        }
    }

    const ByteTrie& m_trie;
    BpeOptions m_options;
    Merges m_merges;
    std::vector<std::int32_t> m_bytes;
};

} // namespace

Result<SubwordModelPtr> createBpe(const Fields& fields, const SubwordVocabulary& vocabulary)
{
    BpeOptions options;
    ESPALIER_TRY(options.unknown, fields.boolean("unknown"));
    ESPALIER_TRY(options.fuseUnknown, fields.boolean("fuse_unk"));
    ESPALIER_TRY(options.byteFallback, fields.boolean("byte_fallback"));
    ESPALIER_TRY(options.ignoreMerges, fields.boolean("ignore_merges"));
    ESPALIER_TRY(options.prefix, fields.text("continuing_subword_prefix"));
    ESPALIER_TRY(options.suffix, fields.text("end_of_word_suffix"));
    ESPALIER_TRY(const auto pairs, fields.integers("merges"));
    ESPALIER_TRY(Merges merges, Merges::create(pairs, vocabulary, options.prefix.size()));
    return SubwordModelPtr(std::make_unique<Bpe>(vocabulary, std::move(options), std::move(merges)));
}

} // namespace espalier
