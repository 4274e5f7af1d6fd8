// SPDX-License-Identifier: Apache-2.0
// What kind of character a code point is, in the sense in which each part of a subword tokenizer asks. The answers are those of
// the reference (see CharacterTables.h), so that ids agree with it for every code point.
#pragma once

#include <cstdint>

namespace espalier::unicode {

bool isWhitespace(std::int32_t codePoint); ///< Unicode's White_Space; also \s in patterns
bool isControl(std::int32_t codePoint);    ///< other than tab, line feed and carriage return: what BERT's clean-up removes
bool isPunctuation(std::int32_t codePoint); ///< ASCII symbols too
bool isIdeograph(std::int32_t codePoint);  ///< the blocks that BERT sets apart
bool isNonspacingMark(std::int32_t codePoint); ///< what BERT's stripping of accents removes
bool isMark(std::int32_t codePoint);       ///< what StripAccents removes
bool isNumeric(std::int32_t codePoint);    ///< for the Digits part
bool isLetter(std::int32_t codePoint);     ///< \p{L} in patterns
bool isNumber(std::int32_t codePoint);     ///< \p{N} in patterns
bool isWord(std::int32_t codePoint);       ///< \w in patterns
bool joinsPrevious(std::int32_t codePoint); ///< a mark, or a Hangul vowel or final: a Unicode form may join it to what stands before
bool isAsciiPunctuation(std::int32_t codePoint);

/// The lower case of one character, without regard to its neighbours: one code point, or two. Returns how many.
int lowerCase(std::int32_t codePoint, std::int32_t (&lower)[2]);

} // namespace espalier::unicode
