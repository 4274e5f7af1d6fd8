// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/GraphemeBreaks.h"

namespace espalier::unicode {
namespace {

bool isControl(GraphemeClass c)
{
    return c >= GraphemeClass::CarriageReturn && c <= GraphemeClass::Control;
}

/// GB6 to GB8: parts of one Hangul syllable.
bool joinHangul(GraphemeClass a, GraphemeClass b)
{
    using enum GraphemeClass;
    if (a == L)
        return b == L || b == V || b == Lv || b == Lvt;
    if (a == Lv || a == V)
        return b == V || b == T;
    return (a == Lvt || a == T) && b == T;
}

/// The rules by their order in UAX 29; @p a stands for all that came before.
bool breaks(GraphemeClass a, GraphemeClass b)
{
    using enum GraphemeClass;
    if (isControl(a) || isControl(b))
        return !(a == CarriageReturn && b == LineFeed);
    if (joinHangul(a, b) || b == Extend || b == Joiner || b == SpacingMark || a == Prepend)
        return false;
    return !(a == JoinedPictographic && b == Pictographic) && !(a == RegionalIndicator && b == RegionalIndicator);
}

GraphemeClass stateAfter(GraphemeClass a, GraphemeClass b)
{
    using enum GraphemeClass;
    if (a == RegionalIndicator && b == RegionalIndicator)
        return Other; // two make a flag, and the third begins the next one
    if (a == Pictographic && b == Extend)
        return Pictographic;
    return a == Pictographic && b == Joiner ? JoinedPictographic : b;
}

} // namespace

bool GraphemeBreaks::between(std::int32_t previous, std::int32_t next)
{
    const GraphemeClass before = m_started ? m_state : characterRecord(previous).grapheme;
    const GraphemeClass after = characterRecord(next).grapheme;
    m_started = true;
    m_state = stateAfter(before, after);
    return breaks(before, after);
}

} // namespace espalier::unicode
