// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/CharacterClass.h"

#include "engine/tokenizers/unicode/CharacterTables.h"

#include <utf8proc.h>

#include <algorithm>

namespace espalier::unicode {
namespace {

constexpr CodePointRange ideographs[] = {{0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xf900, 0xfaff},   {0x20000, 0x2a6df},
                                         {0x2a700, 0x2b73f}, {0x2b740, 0x2b81f}, {0x2b920, 0x2ceaf}, {0x2f800, 0x2fa1f}};
/// Other_Alphabetic symbols, which \w takes in.
constexpr CodePointRange circledLetters[] = {{0x24b6, 0x24e9}, {0x1f130, 0x1f149}, {0x1f150, 0x1f169}, {0x1f170, 0x1f189}};
constexpr CodePointRange joiners[] = {{0x200c, 0x200d}};

template <std::size_t N>
bool within(const CodePointRange (&ranges)[N], std::int32_t codePoint)
{
    const auto* after = std::upper_bound(ranges, ranges + N, codePoint, [](std::int32_t c, const CodePointRange& r) { return c < r.first; });
    return after != ranges && codePoint <= (after - 1)->last;
}

bool categoryWithin(std::int32_t codePoint, utf8proc_category_t first, utf8proc_category_t last)
{
    const auto category = utf8proc_category(codePoint);
    return category >= first && category <= last;
}

bool isTabOrLineEnd(std::int32_t codePoint)
{
    return codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
}

} // namespace

bool isWhitespace(std::int32_t codePoint)
{
    if (codePoint < 0x80)
        return codePoint == ' ' || (codePoint >= '\t' && codePoint <= '\r');
    return codePoint == 0x85 || categoryWithin(codePoint, UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZP);
}

bool isControl(std::int32_t codePoint)
{
    return categoryWithin(codePoint, UTF8PROC_CATEGORY_CC, UTF8PROC_CATEGORY_CO) && !isTabOrLineEnd(codePoint) && !within(notControl, codePoint);
}

bool isAsciiPunctuation(std::int32_t codePoint)
{
    return codePoint > ' ' && codePoint < 0x7f && !(codePoint >= '0' && codePoint <= '9') && !((codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z');
}

bool isPunctuation(std::int32_t codePoint)
{
    if (codePoint < 0x80)
        return isAsciiPunctuation(codePoint);
    const bool known = categoryWithin(codePoint, UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO);
    return known ? !within(notPunctuation, codePoint) : within(alsoPunctuation, codePoint);
}

bool isIdeograph(std::int32_t codePoint)
{
    return within(ideographs, codePoint);
}

bool isNonspacingMark(std::int32_t codePoint)
{
    constexpr std::int32_t hanunooPamudpod = 0x1734; // a spacing mark since Unicode 14
    if (codePoint < 0x300)
        return false;
    return (utf8proc_category(codePoint) == UTF8PROC_CATEGORY_MN && !within(notNonspacingMark, codePoint)) || codePoint == hanunooPamudpod;
}

bool isMark(std::int32_t codePoint)
{
    if (codePoint < 0x300)
        return false;
    const bool known = categoryWithin(codePoint, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME);
    return known ? !within(notMark, codePoint) : within(alsoMark, codePoint);
}

bool joinsPrevious(std::int32_t codePoint)
{
    const bool jamo = codePoint >= 0x1160 && codePoint <= 0x11ff;
    return jamo || categoryWithin(codePoint, UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_ME) || isMark(codePoint);
}

bool isNumeric(std::int32_t codePoint)
{
    return categoryWithin(codePoint, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO) || within(alsoNumeric, codePoint);
}

bool isLetter(std::int32_t codePoint)
{
    if (codePoint < 0x80)
        return (codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z';
    return categoryWithin(codePoint, UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LO) || within(alsoLetter, codePoint);
}

bool isNumber(std::int32_t codePoint)
{
    return categoryWithin(codePoint, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_NO) || within(alsoNumber, codePoint);
}

bool isWord(std::int32_t codePoint)
{
    const auto category = utf8proc_category(codePoint);
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NL)
        return true;
    return category == UTF8PROC_CATEGORY_PC || within(circledLetters, codePoint) || within(joiners, codePoint) || within(alsoWord, codePoint);
}

int lowerCase(std::int32_t codePoint, std::int32_t (&lower)[2])
{
    constexpr std::int32_t dottedCapitalI = 0x130;
    lower[0] = utf8proc_tolower(codePoint);
    if (codePoint == dottedCapitalI) {
        lower[0] = 'i';
        lower[1] = 0x307;
        return 2;
    }
    if (lower[0] == codePoint && codePoint >= alsoLower[0].range.first)
        for (const LowerRange& later : alsoLower)
            if (codePoint >= later.range.first && codePoint <= later.range.last)
                lower[0] = codePoint + later.delta;
    return 1;
}

} // namespace espalier::unicode
