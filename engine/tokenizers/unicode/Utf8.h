// SPDX-License-Identifier: Apache-2.0
// UTF-8 in both directions, without allocation. Decoding text that was checked costs no further checks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace espalier::unicode {

/// Bytes of the character that begins with @p lead, in valid UTF-8.
inline std::size_t lengthOf(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

inline bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// The character at the front of @p text, which must be valid UTF-8 and not empty.
inline std::int32_t decode(std::string_view text)
{
    const auto at = [text](std::size_t i) { return static_cast<std::int32_t>(static_cast<unsigned char>(text[i])); };
    switch (lengthOf(text.front())) {
    case 1: return at(0);
    case 2: return (at(0) & 0x1f) << 6 | (at(1) & 0x3f);
    case 3: return (at(0) & 0x0f) << 12 | (at(1) & 0x3f) << 6 | (at(2) & 0x3f);
    default: return (at(0) & 0x07) << 18 | (at(1) & 0x3f) << 12 | (at(2) & 0x3f) << 6 | (at(3) & 0x3f);
    }
}

/// Bytes of the valid character at the front of @p text, which is not empty, or 0 (no surrogates, no overlong forms).
std::size_t validLength(std::string_view text);

/// Writes @p codePoint (0 to 0x10ffff) to @p out, which has room for four bytes; returns how many it took.
std::size_t encode(std::int32_t codePoint, char* out);
void append(std::string& text, std::int32_t codePoint);

/// The length of the longest prefix of @p text that is valid UTF-8.
std::size_t validPrefix(std::string_view text);
/// The length of the run of bytes at the front of @p text at which no valid character begins.
std::size_t invalidPrefix(std::string_view text);

/// Calls @p use with each character of @p text (valid UTF-8) and the offset of its first byte.
template <typename Use>
void forEach(std::string_view text, Use use)
{
    for (std::size_t at = 0; at < text.size(); at += lengthOf(text[at]))
        use(decode(text.substr(at)), at);
}

} // namespace espalier::unicode
