// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/pretokenizers/PatternScanner.h"

#include "engine/tokenizers/unicode/CharacterClass.h"

#include <array>

namespace espalier {
namespace {

constexpr std::array<std::string_view, 4> expressions{
    R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)",
    R"(\s+)",
};

enum class Kind { Letter, Number, Space, Other };

Kind kindOf(std::int32_t codePoint)
{
    if (unicode::isLetter(codePoint))
        return Kind::Letter;
    if (codePoint >= 0x80 ? unicode::isNumber(codePoint) : codePoint >= '0' && codePoint <= '9')
        return Kind::Number;
    return unicode::isWhitespace(codePoint) ? Kind::Space : Kind::Other;
}

/// A text and a place in it.
struct Scanner {
    std::string_view text;

    [[nodiscard]] bool ended(std::size_t at) const { return at >= text.size(); }
    [[nodiscard]] std::size_t next(std::size_t at) const { return at + unicode::lengthOf(text[at]); }
    [[nodiscard]] bool is(std::size_t at, Kind kind) const { return !ended(at) && kindOf(unicode::decode(text.substr(at))) == kind; }
    [[nodiscard]] bool isLineEnd(std::size_t at) const { return !ended(at) && (text[at] == '\n' || text[at] == '\r'); }
    [[nodiscard]] std::size_t skip(std::size_t at, Kind kind, int most = INT32_MAX) const
    {
        for (; most > 0 && is(at, kind); --most)
            at = next(at);
        return at;
    }
    /// The end of 's, 't, 're, 've, 'm, 'll or 'd at @p at, or @p at.
    [[nodiscard]] std::size_t contraction(std::size_t at, bool anyCase) const;
    /// White space at @p at: all but its last character where something follows, since that one goes with the word.
    [[nodiscard]] std::size_t spaceEnd(std::size_t at) const;
};

std::size_t Scanner::contraction(std::size_t at, bool anyCase) const
{
    constexpr std::string_view longS = "\u017f"; // matches s when case is ignored
    if (text[at] != '\'')
        return at;
    const std::string_view rest = text.substr(at + 1);
    const auto letter = [&](std::size_t i) { return i < rest.size() ? static_cast<char>(anyCase && rest[i] >= 'A' && rest[i] <= 'Z' ? rest[i] + 32 : rest[i]) : '\0'; };
    const char a = letter(0);
    const char b = letter(1);
    if (a == 's' || a == 't' || a == 'm' || a == 'd')
        return at + 2;
    if (anyCase && rest.starts_with(longS))
        return at + 1 + longS.size();
    const bool two = (a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l');
    return two ? at + 3 : at;
}

std::size_t Scanner::spaceEnd(std::size_t at) const
{
    std::size_t last = at;
    std::size_t end = at;
    while (is(end, Kind::Space)) {
        last = end;
        end = next(end);
    }
    return ended(end) || last == at ? end : last;
}

std::size_t tiktokenWordEnd(std::string_view text, std::size_t at, int digits)
{
    const Scanner scan{text};
    if (const std::size_t end = scan.contraction(at, true); end > at)
        return end;
    const std::size_t second = scan.next(at);
    if (scan.is(at, Kind::Letter))
        return scan.skip(at, Kind::Letter);
    if (!scan.isLineEnd(at) && !scan.is(at, Kind::Number) && scan.is(second, Kind::Letter))
        return scan.skip(second, Kind::Letter);
    if (scan.is(at, Kind::Number))
        return scan.skip(at, Kind::Number, digits);
    const std::size_t symbol = text[at] == ' ' ? second : at;
    if (scan.is(symbol, Kind::Other)) {
        std::size_t end = scan.skip(symbol, Kind::Other);
        while (scan.isLineEnd(end))
            ++end;
        return end;
    }
    std::size_t afterLineEnd = at;
    for (std::size_t end = at; scan.is(end, Kind::Space); end = scan.next(end))
        if (scan.isLineEnd(end))
            afterLineEnd = end + 1;
    return afterLineEnd > at ? afterLineEnd : scan.spaceEnd(at);
}

void findWhiteSpace(std::string_view piece, std::vector<PatternMatch>& matches)
{
    unicode::forEach(piece, [&](std::int32_t codePoint, std::size_t at) {
        const bool space = unicode::isWhitespace(codePoint);
        const std::size_t end = at + unicode::lengthOf(piece[at]);
        if (!matches.empty() && matches.back().matches == space)
            matches.back().end = end;
        else
            matches.push_back({at, end, space});
    });
}

} // namespace

std::optional<WordPattern> wordPatternFromExpression(std::string_view expression)
{
    for (std::size_t i = 0; i < expressions.size(); ++i)
        if (expressions[i] == expression)
            return static_cast<WordPattern>(i);
    return std::nullopt;
}

std::string_view expressionOf(WordPattern pattern)
{
    return expressions[static_cast<std::size_t>(pattern)];
}

std::size_t gpt2WordEnd(std::string_view text, std::size_t at)
{
    const Scanner scan{text};
    if (const std::size_t end = scan.contraction(at, false); end > at)
        return end;
    const std::size_t first = text[at] == ' ' ? at + 1 : at;
    for (const Kind kind : {Kind::Letter, Kind::Number, Kind::Other})
        if (scan.is(first, kind))
            return scan.skip(first, kind);
    return scan.spaceEnd(at);
}

void findPattern(WordPattern pattern, std::string_view piece, std::vector<PatternMatch>& matches)
{
    if (pattern == WordPattern::WhiteSpace)
        return findWhiteSpace(piece, matches);
    for (std::size_t at = 0; at < piece.size();) {
        const std::size_t end = pattern == WordPattern::Gpt2 ? gpt2WordEnd(piece, at) : tiktokenWordEnd(piece, at, pattern == WordPattern::Qwen2 ? 1 : 3);
        matches.push_back({at, end, true});
        at = end;
    }
}

} // namespace espalier
