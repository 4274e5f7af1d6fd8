// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/Utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstring>

namespace espalier::unicode {
namespace {

/// Bytes of the valid character at @p position, or 0.
std::size_t validLength(std::string_view text, std::size_t position)
{
    utf8proc_int32_t codePoint = 0;
    const auto available = static_cast<utf8proc_ssize_t>(std::min<std::size_t>(text.size() - position, 4));
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + position), available, &codePoint);
    return length > 0 ? static_cast<std::size_t>(length) : 0;
}

bool eightAreAscii(const char* bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}

} // namespace

std::size_t encode(std::int32_t codePoint, char* out)
{
    return static_cast<std::size_t>(utf8proc_encode_char(codePoint, reinterpret_cast<utf8proc_uint8_t*>(out)));
}

void append(std::string& text, std::int32_t codePoint)
{
    char bytes[4];
    text.append(bytes, encode(codePoint, bytes));
}

std::size_t validPrefix(std::string_view text)
{
    std::size_t position = 0;
    while (position < text.size()) {
        if (position + 8 <= text.size() && eightAreAscii(text.data() + position)) {
            position += 8;
            continue;
        }
        const std::size_t length = validLength(text, position);
        if (length == 0)
            break;
        position += length;
    }
    return position;
}

std::size_t invalidPrefix(std::string_view text)
{
    std::size_t position = 0;
    while (position < text.size() && validLength(text, position) == 0)
        ++position;
    return position;
}

} // namespace espalier::unicode
