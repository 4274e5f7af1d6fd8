// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8: whether bytes are it (Unicode 15, table 3-7), and its code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace espalier {

/// Whether all of @p text is well-formed.
bool isUtf8(std::string_view text);

/// Bytes of the longest well-formed beginning of @p text.
std::size_t utf8PrefixLength(std::string_view text);

/// Takes one code point from the front of @p text, which is well-formed and not empty.
char32_t takeCodePoint(std::string_view& text);

/// Appends @p codePoint, a scalar value, to @p text.
void appendUtf8(std::string& text, char32_t codePoint);

} // namespace espalier
