// SPDX-License-Identifier: Apache-2.0
// PackedText: a package's header in few bytes (PackageFormat.h). Its bits are coded (BitCoding.h) under the chances of TextPredictor. It has a front part, which can be
// had without unpacking what stands behind it. The encoder is in engine/exporting.
//
//   u32    N: bytes of the text
//   u32    check: the first four bytes of the text's SHA-256
//   u32    F: bytes of its front part; u32 check: the first four bytes of that part's SHA-256. Absent in packages of version 3, which have no front part
//   then   the text as it is, where N bytes follow; otherwise fewer bytes, its code
#pragma once

#include "engine/core/Result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace espalier::edge {

namespace packing {

inline constexpr std::size_t fixedBytes = 16;

/// Whether @p code bytes may hold a text of @p bytes: a small hostile file must take neither memory nor time.
constexpr bool plausible(std::size_t code, std::size_t bytes) { return bytes <= 4096 + 64 * code; }

/// What stands behind the length.
std::uint32_t checkOf(std::string_view text);

} // namespace packing

enum class TextPart { Front, Whole };

struct UnpackOptions {
    std::size_t maxBytes = 0; ///< of the whole text
    TextPart part = TextPart::Whole;
    bool hasFront = true; ///< false in packages of version 3
};

/// The text, or its front part. InvalidFormat says what is wrong with @p source.
Result<std::string> unpackText(std::span<const std::byte> packed, std::string_view source, const UnpackOptions& options);

} // namespace espalier::edge
