// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/WordPreTokenizer.h"

#include "engine/tokenizers/NormalizedText.h"
#include "engine/tokenizers/unicode/CharacterData.h"

#include <array>

namespace espalier {
namespace {

enum class Kind : std::uint8_t { Separator, Ignored, Word, Single, Apostrophe };

constexpr Kind asciiKind(int c)
{
    if (c <= ' ' || c == 0x7f)
        return Kind::Separator;
    if (c == '\'')
        return Kind::Apostrophe;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') ? Kind::Word : Kind::Single;
}

constexpr auto asciiKinds = [] {
    std::array<Kind, 128> kinds{};
    for (int c = 0; c < 128; ++c)
        kinds[static_cast<std::size_t>(c)] = asciiKind(c);
    return kinds;
}();

struct Range {
    std::int32_t first;
    std::int32_t last;
};

/// The ideographic blocks, as BERT's tokenizer lists them, and the later extensions (planes 2 and 3 are reserved for ideographs).
constexpr Range ideographs[] = {{0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xf900, 0xfaff}, {0x20000, 0x3ffff}};
constexpr Range variationSelectors[] = {{0x180b, 0x180f}, {0xfe00, 0xfe0f}, {0xe0100, 0xe01ef}};

template <std::size_t N>
bool within(const Range (&ranges)[N], std::int32_t codePoint)
{
    for (const Range& range : ranges)
        if (codePoint >= range.first && codePoint <= range.last)
            return true;
    return false;
}

constexpr std::int32_t zeroWidthSpace = 0x200b;
constexpr std::int32_t byteOrderMark = 0xfeff;
constexpr std::int32_t typographicApostrophe = 0x2019;

Kind kindOf(std::int32_t codePoint)
{
    if (codePoint < 128)
        return asciiKinds[static_cast<std::size_t>(codePoint)];
    if (codePoint == typographicApostrophe)
        return Kind::Apostrophe;
    if (codePoint == zeroWidthSpace || codePoint == byteOrderMark)
        return Kind::Separator;
    using enum unicode::Category;
    const auto category = unicode::categoryOf(codePoint);
    if (category >= Lu && category <= Lo)
        return within(ideographs, codePoint) ? Kind::Single : Kind::Word;
    if (category >= Mn && category <= Me)
        return within(variationSelectors, codePoint) ? Kind::Ignored : Kind::Word;
    if (category >= Nd && category <= No)
        return Kind::Word;
    if (category >= Zs && category <= Cc)
        return Kind::Separator;
    return category == Cf ? Kind::Ignored : Kind::Single;
}

class WordCutter {
public:
    explicit WordCutter(PieceSink& sink) : m_sink(sink) {}

    /// False when the sink wants no more.
    bool take(const NormalizedUnit& unit)
    {
        if (unit.codePoint == NormalizedUnit::invalid)
            return finish() && m_sink.take({{}, unit.begin, unit.end});
        switch (kindOf(unit.codePoint)) {
        case Kind::Word: return takeWord(unit);
        case Kind::Apostrophe: return takeApostrophe(unit);
        case Kind::Single: return finish() && takeSingle(unit.codePoint, unit);
        case Kind::Separator: return finish();
        case Kind::Ignored: break;
        }
        return true;
    }

    bool finish()
    {
        if (!m_word.flush(m_sink))
            return false;
        if (!m_apostropheWaits)
            return true;
        m_apostropheWaits = false;
        return takeSingle('\'', m_apostrophe);
    }

private:
    bool takeWord(const NormalizedUnit& unit)
    {
        if (m_apostropheWaits)
            m_word.append('\'', m_apostrophe.begin, m_apostrophe.end);
        m_apostropheWaits = false;
        m_word.append(unit.codePoint, unit.begin, unit.end);
        return true;
    }

    /// Whether it belongs to the word is known only when the next code point is.
    bool takeApostrophe(const NormalizedUnit& unit)
    {
        if (m_word.empty() || m_apostropheWaits)
            return finish() && takeSingle('\'', unit);
        m_apostrophe = unit;
        m_apostropheWaits = true;
        return true;
    }

    bool takeSingle(std::int32_t codePoint, const NormalizedUnit& place)
    {
        m_single.append(codePoint, place.begin, place.end);
        return m_single.flush(m_sink);
    }

    PieceSink& m_sink;
    PieceBuffer m_word;
    PieceBuffer m_single;
    NormalizedUnit m_apostrophe;
    bool m_apostropheWaits = false;
};

} // namespace

void wordPreTokenize(std::string_view text, const NormalizerOptions& options, PieceSink& sink)
{
    NormalizedText units(text, options);
    WordCutter cutter(sink);
    NormalizedUnit unit;
    while (units.next(unit))
        if (!cutter.take(unit))
            return;
    cutter.finish();
}

} // namespace espalier
