// SPDX-License-Identifier: Apache-2.0
// What the Unicode Character Database says of a code point: general category, case, decomposition and composition, grapheme clusters.
// The tables (CharacterData.inc) come with Espalier and hold Unicode 15.0, so that ids depend neither on what is installed where a
// program is built nor on the machine that it runs on. tests/tokenizers/tst_CharacterData makes them and compares them with utf8proc.
#pragma once

#include <cstddef>
#include <cstdint>

namespace espalier::unicode {

/// The general category, by the short names of Unicode.
enum class Category : std::uint8_t {
    Cn, Lu, Ll, Lt, Lm, Lo, Mn, Mc, Me, Nd, Nl, No, Pc, Pd, Ps, Pe, Pi, Pf, Po, Sm, Sc, Sk, So, Zs, Zl, Zp, Cc, Cf, Cs, Co
};

/// What a code point does to the border between two grapheme clusters (UAX 29). JoinedPictographic is the state after a pictograph and a
/// zero-width joiner; no code point is one.
enum class GraphemeClass : std::uint8_t {
    Other, CarriageReturn, LineFeed, Control, Extend, L, V, T, Lv, Lvt, RegionalIndicator, SpacingMark, Prepend, Joiner, Pictographic, JoinedPictographic
};

struct CharacterRecord {
    Category category = Category::Cn;
    GraphemeClass grapheme = GraphemeClass::Other;
    std::uint8_t combiningClass = 0; ///< canonical
    std::uint8_t traits = 0;         ///< of CharacterTrait
};

/// What has to be looked up in the tables of rarer things. Hangul is reckoned instead.
namespace trait {
constexpr std::uint8_t decomposes = 1;
constexpr std::uint8_t compatibleOnly = 2; ///< it decomposes in the compatibility forms only
constexpr std::uint8_t hasLower = 4;
constexpr std::uint8_t folds = 8;           ///< to one code point
constexpr std::uint8_t foldsToSeveral = 16;
constexpr std::uint8_t composes = 32;       ///< with a code point before it
} // namespace trait

/// Any number may be asked about; what is no code point is Cn.
const CharacterRecord& characterRecord(std::int32_t codePoint);

inline Category categoryOf(std::int32_t codePoint)
{
    return characterRecord(codePoint).category;
}

/// The lower case that is one code point; the code point itself where it has none.
std::int32_t simpleLowerCase(std::int32_t codePoint);

/// What to replace. Compatibility counts only with decompose.
struct Mapping {
    bool decompose = false;
    bool compatibility = false;
    bool foldCase = false; ///< full case folding
};

constexpr std::size_t longestMapping = 18; ///< code points that one may become (U+FDFA)

/// Writes what @p codePoint becomes to @p out, which has room for longestMapping; returns how many. Marks are not put in order.
std::size_t mapCharacter(std::int32_t codePoint, Mapping mapping, std::int32_t* out);

/// The character that @p first and @p second make together (NFC), or -1.
std::int32_t composed(std::int32_t first, std::int32_t second);

} // namespace espalier::unicode
