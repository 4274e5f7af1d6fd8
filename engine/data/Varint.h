// SPDX-License-Identifier: GPL-3.0-or-later
// Varint: small numbers in few bytes, seven bits a byte, lowest first (LEB128); for records that only this process reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace espalier {

constexpr std::size_t mostVarintBytes = 10;

/// Writes to @p at, where mostVarintBytes must be free; returns where it ends.
inline char* putVarint(char* at, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = static_cast<char>(value | 0x80);
    *at++ = static_cast<char>(value);
    return at;
}

inline void putVarint(std::string& bytes, std::uint64_t value)
{
    char number[mostVarintBytes];
    bytes.append(number, putVarint(number, value));
}

/// From the front of @p bytes, which hold one.
inline std::uint64_t takeVarint(std::string_view& bytes)
{
    std::uint64_t value = 0;
    std::size_t length = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[length++]);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80)
            break;
    }
    bytes.remove_prefix(length);
    return value;
}

} // namespace espalier
