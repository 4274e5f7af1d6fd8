// SPDX-License-Identifier: Apache-2.0
// PackedText: a package's header in few bytes (PackageFormat.h). Its bits are written by arithmetic coding (Witten, Neal and Cleary 1987) under
// the chances of TextPredictor. The encoder is in engine/exporting.
//
//   u32    N: bytes of the text
//   u32    check: the first four bytes of the text's SHA-256
//   then   the text as it is, where N bytes follow; otherwise fewer bytes, its code:
//          low = 0 and high = 2^32 - 1; a bit whose chance to be 1 is c / 4096 divides them at low + floor((high - low) / 4096) c, where 1
//          takes the lower part. The upper bytes that both have in common are written, and at the end the uppermost byte of high.
#pragma once

#include "engine/core/Result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace espalier::edge {

namespace packing {

inline constexpr std::size_t fixedBytes = 8;

/// Whether @p code bytes may hold a text of @p bytes: a small hostile file must take neither memory nor time.
constexpr bool plausible(std::size_t code, std::size_t bytes) { return bytes <= 4096 + 64 * code; }

/// What stands behind the length.
std::uint32_t checkOf(std::string_view text);

/// The part of the numbers that the bits so far leave; the same on both sides.
struct Interval {
    std::uint32_t low = 0;
    std::uint32_t high = UINT32_MAX;

    [[nodiscard]] std::uint32_t middle(std::uint32_t chance) const { return low + ((high - low) >> 12) * chance; }
    void take(bool bit, std::uint32_t middle) { (bit ? high : low) = bit ? middle : middle + 1; }
    /// Whether the uppermost byte is settled.
    [[nodiscard]] bool settled() const { return (low ^ high) >> 24 == 0; }
    void shift()
    {
        low <<= 8;
        high = high << 8 | 0xff;
    }
};

} // namespace packing

/// The text; of at most @p maxBytes. InvalidFormat says what is wrong with @p source.
Result<std::string> unpackText(std::span<const std::byte> packed, std::string_view source, std::size_t maxBytes);

} // namespace espalier::edge
