// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/CharacterClass.h"

#include "engine/tokenizers/unicode/CharacterData.h"
#include "engine/tokenizers/unicode/CharacterTables.h"

namespace espalier::unicode {
namespace {

constexpr CodePointRange ideographs[] = {{0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xf900, 0xfaff},   {0x20000, 0x2a6df},
                                         {0x2a700, 0x2b73f}, {0x2b740, 0x2b81f}, {0x2b920, 0x2ceaf}, {0x2f800, 0x2fa1f}};
/// Other_Alphabetic symbols, which \w takes in.
constexpr CodePointRange circledLetters[] = {{0x24b6, 0x24e9}, {0x1f130, 0x1f149}, {0x1f150, 0x1f169}, {0x1f170, 0x1f189}};
constexpr CodePointRange joiners[] = {{0x200c, 0x200d}};

bool categoryWithin(std::int32_t codePoint, Category first, Category last)
{
    const Category category = categoryOf(codePoint);
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
    return codePoint == 0x85 || categoryWithin(codePoint, Category::Zs, Category::Zp);
}

bool isControl(std::int32_t codePoint)
{
    return categoryWithin(codePoint, Category::Cc, Category::Co) && !isTabOrLineEnd(codePoint) && !within(notControl, codePoint);
}

bool isAsciiPunctuation(std::int32_t codePoint)
{
    return codePoint > ' ' && codePoint < 0x7f && !(codePoint >= '0' && codePoint <= '9') && !((codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z');
}

bool isPunctuation(std::int32_t codePoint)
{
    if (codePoint < 0x80)
        return isAsciiPunctuation(codePoint);
    const bool known = categoryWithin(codePoint, Category::Pc, Category::Po);
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
    return (categoryOf(codePoint) == Category::Mn && !within(notNonspacingMark, codePoint)) || codePoint == hanunooPamudpod;
}

bool isMark(std::int32_t codePoint)
{
    if (codePoint < 0x300)
        return false;
    const bool known = categoryWithin(codePoint, Category::Mn, Category::Me);
    return known ? !within(notMark, codePoint) : within(alsoMark, codePoint);
}

bool joinsPrevious(std::int32_t codePoint)
{
    const bool jamo = codePoint >= 0x1160 && codePoint <= 0x11ff;
    return jamo || categoryWithin(codePoint, Category::Mn, Category::Me) || isMark(codePoint);
}

bool isNumeric(std::int32_t codePoint)
{
    return categoryWithin(codePoint, Category::Nd, Category::No) || within(alsoNumeric, codePoint);
}

bool isLetter(std::int32_t codePoint)
{
    if (codePoint < 0x80)
        return (codePoint | 0x20) >= 'a' && (codePoint | 0x20) <= 'z';
    return categoryWithin(codePoint, Category::Lu, Category::Lo) || within(alsoLetter, codePoint);
}

bool isNumber(std::int32_t codePoint)
{
    return categoryWithin(codePoint, Category::Nd, Category::No) || within(alsoNumber, codePoint);
}

bool isWord(std::int32_t codePoint)
{
    const Category category = categoryOf(codePoint);
    if (category >= Category::Lu && category <= Category::Nl)
        return true;
    return category == Category::Pc || within(circledLetters, codePoint) || within(joiners, codePoint) || within(alsoWord, codePoint);
}

int lowerCase(std::int32_t codePoint, std::int32_t (&lower)[2])
{
    constexpr std::int32_t dottedCapitalI = 0x130;
    lower[0] = simpleLowerCase(codePoint);
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
