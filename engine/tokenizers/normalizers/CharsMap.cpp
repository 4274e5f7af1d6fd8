// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/normalizers/CharsMap.h"

#include "engine/tokenizers/unicode/Utf8.h"



namespace espalier {
namespace {

constexpr std::string_view base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t littleEndian(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
}

// A unit of the double array: label in the low byte, a leaf flag, and how far away its children are.
std::uint32_t labelOf(std::uint32_t unit) { return unit & (std::uint32_t{1} << 31 | 0xff); }
std::uint32_t offsetOf(std::uint32_t unit) { return (unit >> 10) << ((unit & (1u << 9)) >> 6); }
std::uint32_t valueOf(std::uint32_t unit) { return unit & ((std::uint32_t{1} << 31) - 1); }
bool hasLeaf(std::uint32_t unit) { return (unit >> 8 & 1) != 0; }

Error badMap(const char* why)
{
    return {ErrorCode::InvalidFormat, std::string("A precompiled character map cannot be used: ") + why + ".", {}, {}};
}

} // namespace

Result<CharsMap> CharsMap::read(std::string_view bytes)
{
    if (bytes.size() < 4)
        return badMap("it is shorter than its header");
    const std::size_t size = littleEndian(bytes);
    bytes.remove_prefix(4);
    if (size > bytes.size() || size % 4 != 0)
        return badMap("its trie is longer than the map");
    CharsMap map;
    for (std::size_t at = 0; at < size; at += 4)
        map.m_units.push_back(littleEndian(bytes.substr(at)));
    map.m_replacements = bytes.substr(size);
    if (unicode::validPrefix(map.m_replacements) != map.m_replacements.size())
        return badMap("its replacements are not UTF-8");
    return map;
}

std::optional<std::string_view> CharsMap::find(std::string_view text) const
{
    std::size_t node = 0;
    const auto unitAt = [this](std::size_t index) { return index < m_units.size() ? m_units[index] : 0; };
    node ^= offsetOf(unitAt(0));
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0)
            return std::nullopt;
        node ^= byte;
        const std::uint32_t unit = unitAt(node);
        if (node >= m_units.size() || labelOf(unit) != byte)
            return std::nullopt;
        node ^= offsetOf(unit);
        if (!hasLeaf(unit))
            continue;
        const std::size_t at = valueOf(unitAt(node));
        if (at >= m_replacements.size())
            return std::nullopt;
        const std::string_view rest = std::string_view(m_replacements).substr(at);
        // A value that points into a character would make text that is not UTF-8.
        return unicode::isContinuation(rest.front()) ? std::nullopt : std::optional(rest.substr(0, rest.find('\0')));
    }
    return std::nullopt;
}

std::optional<std::string> decodeBase64(std::string_view text)
{
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto digit = base64Digits.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        bytes.push_back(static_cast<char>(bits >> count & 0xff));
    }
    return bytes;
}

std::string encodeBase64(std::string_view bytes)
{
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            text.push_back(at + i <= bytes.size() ? base64Digits[bits >> (18 - 6 * i) & 63] : '=');
    }
    return text;
}

} // namespace espalier
