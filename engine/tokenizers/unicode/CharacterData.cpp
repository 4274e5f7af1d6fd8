// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/CharacterData.h"

#include <algorithm>
#include <iterator>

namespace espalier::unicode {
namespace {

/// Code points that follow each other and have something in common, up to the next run.
struct Run {
    std::int32_t first;
    std::int32_t value; ///< what to add to a code point, or where the entry of the first stands
};

/// A composition.
template <typename CodePoint>
struct Pair {
    CodePoint first;
    CodePoint second;
    CodePoint both;
};

constexpr CharacterRecord record(int category, int grapheme, std::uint8_t combiningClass, std::uint8_t traits)
{
    return {static_cast<Category>(category), static_cast<GraphemeClass>(grapheme), combiningClass, traits};
}

#include "engine/tokenizers/unicode/CharacterData.inc"

constexpr std::int32_t codePoints = 0x110000;

/// Hangul syllables, of a leading consonant, a vowel and often a trailing consonant (Unicode, section 3.12).
constexpr std::int32_t firstSyllable = 0xac00;
constexpr std::int32_t firstL = 0x1100;
constexpr std::int32_t firstV = 0x1161;
constexpr std::int32_t beforeT = 0x11a7;
constexpr std::int32_t countL = 19;
constexpr std::int32_t countV = 21;
constexpr std::int32_t countT = 28;

bool within(std::int32_t codePoint, std::int32_t first, std::int32_t count)
{
    return codePoint >= first && codePoint < first + count;
}

bool isSyllable(std::int32_t codePoint)
{
    return within(codePoint, firstSyllable, countL * countV * countT);
}

template <std::size_t N>
const Run& runOf(const Run (&runs)[N], std::int32_t codePoint)
{
    return *std::prev(std::upper_bound(std::begin(runs), std::end(runs), codePoint, [](std::int32_t c, const Run& r) { return c < r.first; }));
}

template <std::size_t N>
std::int32_t moved(const Run (&runs)[N], std::int32_t codePoint)
{
    return codePoint + runOf(runs, codePoint).value;
}

/// Maps each code point of a sequence once more and writes what becomes of it; returns how many.
/// @p entry is the place in `sequences` and, above it, the length, or 0 where that stands at the place.
std::size_t mapSequence(std::uint16_t entry, Mapping mapping, std::int32_t* out)
{
    const std::uint16_t* unit = sequences + (entry & 0x3fff);
    const std::size_t length = entry >> 14 != 0 ? entry >> 14 : *unit++;
    std::size_t count = 0;
    for (const std::uint16_t* end = unit + length; unit != end;) {
        std::int32_t codePoint = *unit++;
        if (within(codePoint, 0xd800, 0x400)) // as UTF-16 does
            codePoint = 0x10000 + ((codePoint & 0x3ff) << 10 | (*unit++ & 0x3ff));
        count += mapCharacter(codePoint, mapping, out + count);
    }
    return count;
}

template <std::size_t N>
std::uint16_t entryOf(const Run (&runs)[N], const std::uint16_t* entries, std::int32_t codePoint)
{
    const Run& run = runOf(runs, codePoint);
    return entries[run.value + codePoint - run.first];
}

std::size_t decomposeSyllable(std::int32_t syllable, std::int32_t* out)
{
    const std::int32_t index = syllable - firstSyllable;
    out[0] = firstL + index / (countV * countT);
    out[1] = firstV + index / countT % countV;
    out[2] = beforeT + index % countT;
    return index % countT != 0 ? 3 : 2;
}

std::int32_t composedSyllable(std::int32_t first, std::int32_t second)
{
    if (within(first, firstL, countL) && within(second, firstV, countV))
        return firstSyllable + ((first - firstL) * countV + second - firstV) * countT;
    if (isSyllable(first) && (first - firstSyllable) % countT == 0 && within(second, beforeT + 1, countT - 1))
        return first + second - beforeT;
    return -1;
}

template <typename CodePoint, std::size_t N>
std::int32_t composedOf(const Pair<CodePoint> (&list)[N], std::int32_t first, std::int32_t second)
{
    const auto before = [&](const Pair<CodePoint>& pair, int) { return pair.second != second ? pair.second < second : pair.first < first; };
    const auto* found = std::lower_bound(std::begin(list), std::end(list), 0, before);
    return found != std::end(list) && found->first == first && found->second == second ? static_cast<std::int32_t>(found->both) : -1;
}

} // namespace

const CharacterRecord& characterRecord(std::int32_t codePoint)
{
    if (static_cast<std::uint32_t>(codePoint) >= codePoints)
        return records[0];
    const auto c = static_cast<std::uint32_t>(codePoint);
    const std::uint32_t block = blocks[pages[c >> 10] << 5 | (c >> 5 & 31)];
    return records[recordNumbers[block << 5 | (c & 31)]];
}

std::int32_t simpleLowerCase(std::int32_t codePoint)
{
    return (characterRecord(codePoint).traits & trait::hasLower) != 0 ? moved(lowerRuns, codePoint) : codePoint;
}

std::size_t mapCharacter(std::int32_t codePoint, Mapping mapping, std::int32_t* out)
{
    if (mapping.decompose && isSyllable(codePoint))
        return decomposeSyllable(codePoint, out);
    const std::uint8_t traits = characterRecord(codePoint).traits;
    if (mapping.foldCase && (traits & trait::foldsToSeveral) != 0)
        return mapSequence(entryOf(foldRuns, foldEntries, codePoint), mapping, out);
    if (mapping.foldCase && (traits & trait::folds) != 0)
        return mapCharacter(moved(foldShifts, codePoint), mapping, out);
    if (mapping.decompose && (traits & trait::decomposes) != 0 && (mapping.compatibility || (traits & trait::compatibleOnly) == 0))
        return mapSequence(entryOf(decompositionRuns, decompositionEntries, codePoint), mapping, out);
    out[0] = codePoint;
    return 1;
}

std::int32_t composed(std::int32_t first, std::int32_t second)
{
    if ((characterRecord(second).traits & trait::composes) == 0)
        return composedSyllable(first, second);
    return second < 0x10000 ? composedOf(pairs, first, second) : composedOf(widePairs, first, second);
}

} // namespace espalier::unicode
