// SPDX-License-Identifier: Apache-2.0
// BertScanner: the quick path of BERT's normaliser and pre-tokeniser. It cuts a text into words in one pass where every character
// stands for itself (or is an ASCII capital to be lowered), and says so where that is not the case. What a character is gets
// worked out from the same rules as the general path, once.
#pragma once

#include "engine/tokenizers/normalizers/Normalizers.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace espalier {

class BertScanner {
public:
    /// What becomes of a character.
    enum class Kind : std::uint8_t {
        Unasked, ///< not worked out yet
        Word,    ///< stays, and belongs to a word
        Alone,   ///< stays, and is a piece of its own
        Space,   ///< separates
        Hard,    ///< changes or vanishes: the general path must look at it
    };
    /// Kinds beyond ASCII, filled in as they are met.
    using Memory = std::vector<Kind>;

    /// A scanner that does what the parts do, or nothing where it could not: it knows BERT's pre-tokeniser after no normaliser, a Unicode form,
    /// BERT's normaliser or lower case, or a sequence of a form and one of the latter.
    static std::optional<BertScanner> create(const Json& normalizer, const Json& preTokenizer);

    /// Calls @p usePiece(piece, begin, end) for the pieces of @p text. @p beginChunk() marks where a stretch between white space begins;
    /// when it turns out to hold something hard, @p useChunk(begin, end) must take back its pieces and do it all. Those two may return false to stop.
    template <typename UsePiece, typename UseChunk, typename BeginChunk>
    void scan(std::string_view text, Memory& memory, std::string& word, UsePiece usePiece, UseChunk useChunk, BeginChunk beginChunk) const;

private:
    [[nodiscard]] Kind kindOf(std::int32_t codePoint) const;
    [[nodiscard]] Kind kindAt(std::string_view text, std::size_t at, Memory& memory) const;

    bool takeNormalizer(const Json& part);
    void fillTables();

    std::optional<unicode::Form> m_form;
    BertOptions m_options{false, false, false, false};
    std::array<Kind, 128> m_ascii{};
    std::array<char, 128> m_lower{};
};

template <typename UsePiece, typename UseChunk, typename BeginChunk>
void BertScanner::scan(std::string_view text, Memory& memory, std::string& word, UsePiece usePiece, UseChunk useChunk, BeginChunk beginChunk) const
{
    std::size_t chunk = 0; // where what follows the last white space began
    std::size_t begin = 0; // of the word
    const auto endWord = [&](std::size_t end) {
        const bool goOn = word.empty() || usePiece(std::string_view(word), begin, end);
        word.clear();
        return goOn;
    };
    word.clear();
    beginChunk();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = unicode::lengthOf(text[at]);
        switch (length == 1 ? m_ascii[static_cast<unsigned char>(text[at])] : kindAt(text, at, memory)) {
        case Kind::Word:
            if (word.empty())
                begin = at;
            if (length == 1)
                word.push_back(m_lower[static_cast<unsigned char>(text[at])]);
            else
                word.append(text, at, length);
            break;
        case Kind::Alone:
            if (!endWord(at) || !usePiece(text.substr(at, length), at, at + length))
                return;
            break;
        case Kind::Space:
            if (!endWord(at))
                return;
            chunk = at + length;
            beginChunk();
            break;
        default: {
            std::size_t end = at;
            while (end < text.size() && kindAt(text, end, memory) != Kind::Space)
                end += unicode::lengthOf(text[end]);
            word.clear();
            if (!useChunk(chunk, end))
                return;
            at = end;
            continue;
        }
        }
        at += length;
    }
    endWord(text.size());
}

} // namespace espalier
