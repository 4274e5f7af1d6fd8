// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/models/SubwordModels.h"
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double unknownPenalty = 10.0; // below the least likely token, as SentencePiece has it

class Unigram final : public SubwordModel {
public:
    Unigram(const SubwordVocabulary& vocabulary, std::vector<double> scores, bool byteFallback)
        : m_trie(vocabulary.trie()), m_scores(std::move(scores)), m_byteFallback(byteFallback)
    {
        if (byteFallback)
            m_bytes = byteTokens(vocabulary);
        double least = INFINITY;
        for (std::size_t id = 0; id < m_scores.size(); ++id)
            if (vocabulary.isInModel(static_cast<std::int32_t>(id)))
                least = std::min(least, m_scores[id]);
        m_unknownScore = least - unknownPenalty;
    }

    void tokenize(std::string_view piece, ModelScratch& scratch, std::vector<SubToken>& tokens) const override
    {
        findPath(piece, scratch.path);
        const std::size_t before = tokens.size();
        for (std::size_t end = piece.size(); end > 0;) {
            const auto& node = scratch.path[end];
            std::uint32_t begin = node.begin;
            if (node.id == Tokenizer::unknownId) // neighbours that are unknown become one
                while (begin > 0 && scratch.path[begin].id == Tokenizer::unknownId)
                    begin = scratch.path[begin].begin;
            pushBackwards({node.id, begin, static_cast<std::uint32_t>(end)}, piece, tokens);
            end = begin;
        }
        std::reverse(tokens.begin() + static_cast<std::ptrdiff_t>(before), tokens.end());
    }

    [[nodiscard]] Json toJson() const override
    {
        return {{"type", "Unigram"}, {"scores", m_scores}, {"byte_fallback", m_byteFallback}};
    }

private:
    static void offer(ModelScratch::PathNode& node, double score, std::int32_t id, std::size_t begin)
    {
        if (node.begin != UINT32_MAX && score <= node.score)
            return;
        node = {score, id, static_cast<std::uint32_t>(begin)};
    }

    /// Viterbi's algorithm over the bytes of the piece: path[end] is the last token of the best division that ends there.
    void findPath(std::string_view piece, std::vector<ModelScratch::PathNode>& path) const
    {
        path.assign(piece.size() + 1, {});
        for (std::size_t begin = 0; begin < piece.size();) {
            const double soFar = path[begin].score;
            const std::size_t length = unicode::lengthOf(piece[begin]);
            bool single = false;
            std::uint32_t node = ByteTrie::root;
            for (std::size_t end = begin; end < piece.size();) {
                node = m_trie.step(node, piece[end++]);
                if (node == ByteTrie::nowhere)
                    break;
                const std::int32_t id = m_trie.valueAt(node);
                if (id == ByteTrie::none)
                    continue;
                offer(path[end], m_scores[static_cast<std::size_t>(id)] + soFar, id, begin);
                single = single || end - begin == length;
            }
            if (!single)
                offer(path[begin + length], m_unknownScore + soFar, Tokenizer::unknownId, begin);
            begin += length;
        }
    }

    /// An unknown stretch may spell an entry after all, or be written in bytes.
    void pushBackwards(SubToken token, std::string_view piece, std::vector<SubToken>& tokens) const
    {
        const std::string_view text = piece.substr(token.begin, token.end - token.begin);
        if (token.id == Tokenizer::unknownId)
            if (const std::int32_t id = m_trie.find(text); id != ByteTrie::none)
                token.id = id;
        const auto idOf = [this](char byte) { return m_bytes[static_cast<unsigned char>(byte)]; };
        const bool spelt = token.id == Tokenizer::unknownId && m_byteFallback && m_trie.find(text) == ByteTrie::none &&
                           std::all_of(text.begin(), text.end(), [&](char byte) { return idOf(byte) != ByteTrie::none; });
        if (!spelt)
            return tokens.push_back(token);
        for (auto it = text.rbegin(); it != text.rend(); ++it)
            tokens.push_back({idOf(*it), token.begin, token.end});
    }

    const ByteTrie& m_trie;
    std::vector<double> m_scores; ///< logarithms of probabilities, by id
    bool m_byteFallback;
    std::vector<std::int32_t> m_bytes;
    double m_unknownScore = 0;
};

} // namespace

Result<SubwordModelPtr> createUnigram(const Fields& fields, const SubwordVocabulary& vocabulary)
{
    ESPALIER_TRY(std::vector<double> scores, fields.numbers("scores"));
    ESPALIER_TRY(const bool byteFallback, fields.boolean("byte_fallback"));
    const bool finite = std::all_of(scores.begin(), scores.end(), [](double score) { return std::isfinite(score); });
    if (!finite || scores.size() != vocabulary.tokens().size())
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + ".scores' must hold one number for each of the vocabulary's " +
                                                   std::to_string(vocabulary.tokens().size()) + " entries.", {}, {}};
    return SubwordModelPtr(std::make_unique<Unigram>(vocabulary, std::move(scores), byteFallback));
}

} // namespace espalier
