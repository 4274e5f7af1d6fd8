// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/coding/PackedText.h"

#include "engine/core/Fingerprint.h"
#include "engine/edge/coding/BitCoding.h"
#include "engine/edge/coding/ByteReader.h"
#include "engine/edge/coding/TextPredictor.h"

#include <optional>

namespace espalier::edge {
namespace {

Error broken(std::string_view source, const std::string& why) { return {ErrorCode::InvalidFormat, std::string(source) + " " + why, {}, {}}; }

struct Sizes {
    std::size_t whole = 0;
    std::size_t front = 0;
    std::size_t wanted = 0; ///< one of them
};

/// Nothing where the code ends before the text, or goes on behind it.
std::optional<std::string> decode(std::span<const std::byte> code, const Sizes& sizes)
{
    TextPredictor predictor(sizes.whole, sizes.front);
    BitDecoder decoder(code);
    while (predictor.bytes() < sizes.wanted && !decoder.overrun())
        predictor.update(decoder.bit(predictor.chance()));
    if (sizes.wanted == sizes.whole ? !decoder.finished() : decoder.overrun())
        return std::nullopt;
    return predictor.takeText();
}

} // namespace

std::uint32_t packing::checkOf(std::string_view text)
{
    return static_cast<std::uint32_t>(std::stoul(sha256(text).substr(0, 8), nullptr, 16));
}

Result<std::string> unpackText(std::span<const std::byte> packed, std::string_view source, const UnpackOptions& options)
{
    ByteReader reader(packed);
    Sizes sizes{.whole = reader.u32()};
    const std::uint32_t check = reader.u32();
    sizes.front = options.hasFront ? reader.u32() : 0;
    const std::uint32_t checkOfFront = options.hasFront ? reader.u32() : 0;
    if (!reader.ok())
        return broken(source, "is cut short");
    const auto code = reader.take(reader.left());
    if (sizes.whole > options.maxBytes || sizes.front > sizes.whole || code.size() > sizes.whole || !packing::plausible(code.size(), sizes.whole))
        return broken(source, "claims " + std::to_string(sizes.whole) + " bytes in " + std::to_string(code.size()));
    const bool whole = options.part == TextPart::Whole;
    sizes.wanted = whole ? sizes.whole : sizes.front;
    auto text = code.size() < sizes.whole ? decode(code, sizes) : std::string(reinterpret_cast<const char*>(code.data()), sizes.wanted);
    if (!text)
        return broken(source, "is damaged: its code does not end where its text does");
    const bool frontIsRight = !options.hasFront || packing::checkOf(std::string_view(*text).substr(0, sizes.front)) == checkOfFront;
    if (!frontIsRight || (whole && packing::checkOf(*text) != check))
        return broken(source, "is damaged: its text does not have the SHA-256 that it should");
    return *std::move(text);
}

} // namespace espalier::edge
