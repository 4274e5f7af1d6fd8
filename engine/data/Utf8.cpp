// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Utf8.h"

#include <cstdint>
#include <cstring>

namespace espalier {
namespace {

/// Length of the sequence at the beginning of @p text, 0 when it is none.
std::size_t sequenceLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const auto within = [&](std::size_t i, unsigned low, unsigned high) { return byte(i) >= low && byte(i) <= high; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return within(1, 0x80, 0xbf) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef)
        return within(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && within(2, 0x80, 0xbf) ? 3 : 0;
    if (first >= 0xf0 && first <= 0xf4)
        return within(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && within(2, 0x80, 0xbf) && within(3, 0x80, 0xbf) ? 4 : 0;
    return 0;
}

/// Bytes of ASCII at the beginning of @p text, eight at a time.
std::size_t asciiLength(std::string_view text)
{
    std::size_t length = 0;
    for (std::uint64_t word = 0; length + sizeof word <= text.size(); length += sizeof word) {
        std::memcpy(&word, text.data() + length, sizeof word);
        if ((word & 0x8080808080808080u) != 0)
            break;
    }
    while (length < text.size() && static_cast<unsigned char>(text[length]) < 0x80)
        ++length;
    return length;
}

} // namespace

std::size_t utf8PrefixLength(std::string_view text)
{
    std::size_t position = 0;
    while (position < text.size()) {
        const std::string_view rest = text.substr(position);
        std::size_t length = asciiLength(rest);
        if (length == 0)
            length = sequenceLength(rest);
        if (length == 0)
            break;
        position += length;
    }
    return position;
}

bool isUtf8(std::string_view text)
{
    return utf8PrefixLength(text) == text.size();
}

char32_t takeCodePoint(std::string_view& text)
{
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t first = byte(0);
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t value = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i)
        value = value << 6 | (byte(i) & 0x3f);
    text.remove_prefix(length);
    return value;
}

void appendUtf8(std::string& text, char32_t codePoint)
{
    const auto put = [&](char32_t bits) { text += static_cast<char>(bits); };
    const auto tail = [&](int shift) { put(0x80 | (codePoint >> shift & 0x3f)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | codePoint >> 6);
        tail(0);
    } else if (codePoint < 0x10000) {
        put(0xe0 | codePoint >> 12);
        tail(6);
        tail(0);
    } else {
        put(0xf0 | codePoint >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace espalier
