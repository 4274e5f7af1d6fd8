// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts: which writing a character belongs to, as far as it helps to see what a data set is written in.
#pragma once

#include <string_view>
#include <vector>

namespace espalier {

/// English names of the scripts that are told apart; the last one, "Other", is that of every other letter.
const std::vector<std::string_view>& scriptNames();

/// Index into scriptNames(); -1 for what belongs to no script: digits, punctuation, white space, marks.
int scriptOf(char32_t codePoint);

/// Whether each character counts as a word of its own, since the script puts no spaces between words.
bool writtenWithoutSpaces(char32_t codePoint);

/// White space of Unicode.
bool isSpace(char32_t codePoint);

} // namespace espalier
