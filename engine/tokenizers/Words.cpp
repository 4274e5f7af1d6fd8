// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/Words.h"

namespace espalier {
namespace {

std::string_view textOf(std::string_view text, const Token& token)
{
    return token.begin < token.end && token.end <= text.size() ? text.substr(token.begin, token.end - token.begin) : std::string_view();
}

bool isOneOf(std::string_view piece, std::string_view characters)
{
    return piece.size() == 1 && characters.find(piece.front()) != std::string_view::npos;
}

/// Tokenizers of characters have tokens for white space.
bool isSpace(std::string_view piece)
{
    while (!piece.empty()) {
        const std::size_t width = piece.starts_with("\u3000") ? 3 : piece.starts_with("\u00a0") ? 2 : isOneOf(piece.substr(0, 1), " \t\n\v\f\r") ? 1 : 0;
        if (width == 0)
            return false;
        piece.remove_prefix(width);
    }
    return true;
}

/// A single character of three or four bytes in UTF-8 from U+2E80 on: East Asian scripts and their punctuation, which are written without spaces.
bool standsAlone(std::string_view piece)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(piece[i]); };
    if (piece.size() == 3)
        return byte(0) >= 0xe3 || (byte(0) == 0xe2 && byte(1) >= 0xba);
    return piece.size() == 4 && byte(0) == 0xf0 && byte(1) >= 0xa0;
}

/// Cuts the tokens from @p first to before @p last, which touch one another.
class RunCutter {
public:
    RunCutter(std::string_view text, const std::vector<Token>& tokens, std::vector<Word>& words) : m_text(text), m_tokens(tokens), m_words(words) {}

    void cut(std::size_t first, std::size_t last)
    {
        while (first < last && isOneOf(piece(first), "([{\"'"))
            add(first, first + 1), ++first;
        std::size_t end = last;
        while (end > first + 1 && isOneOf(piece(end - 1), ".,!?;:)]}\"'"))
            --end;
        if (first < end)
            cutInside(first, end);
        for (; end < last; ++end)
            add(end, end + 1);
    }

private:
    [[nodiscard]] std::string_view piece(std::size_t token) const { return textOf(m_text, m_tokens[token]); }
    void add(std::size_t first, std::size_t last)
    {
        m_words.push_back({m_tokens[first].begin, m_tokens[last - 1].end, static_cast<std::uint32_t>(first)});
    }
    void cutInside(std::size_t first, std::size_t last)
    {
        std::size_t begin = first;
        for (std::size_t t = first + 1; t <= last; ++t)
            if (t == last || standsAlone(piece(t)) || standsAlone(piece(t - 1))) {
                add(begin, t);
                begin = t;
            }
    }

    std::string_view m_text;
    const std::vector<Token>& m_tokens;
    std::vector<Word>& m_words;
};

} // namespace

std::vector<Word> wordsOf(std::string_view text, const std::vector<Token>& tokens)
{
    std::vector<Word> words;
    RunCutter cutter(text, tokens, words);
    std::size_t first = 0;
    while (first < tokens.size()) {
        if (tokens[first].begin >= tokens[first].end || isSpace(textOf(text, tokens[first]))) { // a special token is not in the text
            ++first;
            continue;
        }
        std::size_t last = first + 1;
        while (last < tokens.size() && tokens[last].begin < tokens[last].end && tokens[last].begin <= tokens[last - 1].end && !isSpace(textOf(text, tokens[last])))
            ++last;
        cutter.cut(first, last);
        first = last;
    }
    return words;
}

} // namespace espalier
