// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/unicode/Utf8.h"

#include <cstring>

namespace espalier::unicode {
namespace {

bool eightAreAscii(const char* bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return (word & 0x8080808080808080u) == 0;
}

} // namespace

std::size_t encode(std::int32_t codePoint, char* out)
{
    const auto continuation = [codePoint](int shift) { return static_cast<char>(0x80 | (codePoint >> shift & 0x3f)); };
    if (codePoint < 0x80) {
        out[0] = static_cast<char>(codePoint);
        return 1;
    }
    if (codePoint < 0x800) {
        out[0] = static_cast<char>(0xc0 | codePoint >> 6);
        out[1] = continuation(0);
        return 2;
    }
    if (codePoint < 0x10000) {
        out[0] = static_cast<char>(0xe0 | codePoint >> 12);
        out[1] = continuation(6);
        out[2] = continuation(0);
        return 3;
    }
    out[0] = static_cast<char>(0xf0 | codePoint >> 18);
    out[1] = continuation(12);
    out[2] = continuation(6);
    out[3] = continuation(0);
    return 4;
}

std::size_t validLength(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80)
        return 1;
    const std::size_t length = lengthOf(text.front());
    if (lead < 0xc2 || lead > 0xf4 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!isContinuation(text[i]))
            return 0;
    constexpr std::int32_t least[] = {0, 0, 0x80, 0x800, 0x10000}; // less would be an overlong form
    const std::int32_t codePoint = decode(text);
    return codePoint >= least[length] && codePoint < 0x110000 && (codePoint < 0xd800 || codePoint > 0xdfff) ? length : 0;
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
        const std::size_t length = validLength(text.substr(position));
        if (length == 0)
            break;
        position += length;
    }
    return position;
}

std::size_t invalidPrefix(std::string_view text)
{
    std::size_t position = 0;
    while (position < text.size() && validLength(text.substr(position)) == 0)
        ++position;
    return position;
}

} // namespace espalier::unicode
