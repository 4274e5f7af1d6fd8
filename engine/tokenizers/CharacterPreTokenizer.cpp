// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/CharacterPreTokenizer.h"

#include "engine/tokenizers/NormalizedText.h"
#include "engine/tokenizers/unicode/GraphemeBreaks.h"

namespace espalier {
namespace {

constexpr std::int32_t zeroWidthSpace = 0x200b;
constexpr std::int32_t byteOrderMark = 0xfeff;

bool isSpace(std::int32_t codePoint)
{
    if (codePoint < 0x80)
        return codePoint <= ' ' || codePoint == 0x7f;
    if (codePoint == zeroWidthSpace || codePoint == byteOrderMark)
        return true;
    using enum unicode::Category;
    const auto category = unicode::categoryOf(codePoint);
    return category >= Zs && category <= Cc;
}

class CharacterCutter {
public:
    explicit CharacterCutter(PieceSink& sink) : m_sink(sink) {}

    /// False when the sink wants no more.
    bool take(const NormalizedUnit& unit)
    {
        if (unit.codePoint == NormalizedUnit::invalid)
            return startPiece() && m_sink.take({{}, unit.begin, unit.end});
        if (isSpace(unit.codePoint)) {
            m_spaceEnd = unit.end;
            if (!m_spaceWaits)
                m_spaceBegin = unit.begin;
            m_spaceWaits = true;
            return m_character.flush(m_sink);
        }
        if (m_character.empty() || breaksBefore(unit.codePoint)) {
            if (!startPiece())
                return false;
            m_breaks = {};
        }
        m_character.append(unit.codePoint, unit.begin, unit.end);
        m_previous = unit.codePoint;
        return true;
    }

    void finish() { m_character.flush(m_sink); }

private:
    bool breaksBefore(std::int32_t codePoint)
    {
        return (m_previous < 0x80 && codePoint < 0x80) || m_breaks.between(m_previous, codePoint);
    }

    /// Hands out what came before, white space included.
    bool startPiece()
    {
        if (!m_character.flush(m_sink))
            return false;
        const bool spaceBetween = m_spaceWaits && m_started;
        m_spaceWaits = false;
        m_started = true;
        return !spaceBetween || m_sink.take({" ", m_spaceBegin, m_spaceEnd});
    }

    PieceSink& m_sink;
    PieceBuffer m_character;
    std::int32_t m_previous = 0;
    unicode::GraphemeBreaks m_breaks;
    bool m_started = false;
    bool m_spaceWaits = false;
    std::uint32_t m_spaceBegin = 0;
    std::uint32_t m_spaceEnd = 0;
};

} // namespace

void characterPreTokenize(std::string_view text, const NormalizerOptions& options, PieceSink& sink)
{
    NormalizedText units(text, options);
    CharacterCutter cutter(sink);
    NormalizedUnit unit;
    while (units.next(unit))
        if (!cutter.take(unit))
            return;
    cutter.finish();
}

} // namespace espalier
