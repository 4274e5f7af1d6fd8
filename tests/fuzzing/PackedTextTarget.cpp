// SPDX-License-Identifier: GPL-3.0-or-later
// Packed text: what unpacks is no longer than it may be, and every text comes back from what is packed of it.
#include "engine/edge/coding/PackedText.h"
#include "engine/exporting/TextPacker.h"
#include "tests/fuzzing/FuzzTargets.h"

namespace espalier::fuzzing {
namespace {

constexpr std::size_t mostBytes = 1 << 16; // the time goes with the text, not with the input

void checkRoundTrip(std::string_view text)
{
    const std::size_t front = text.empty() ? 0 : static_cast<unsigned char>(text.front()) * text.size() / 255;
    const std::string packed = packText(text, front);
    require(packed.size() <= text.size() + edge::packing::fixedBytes, "packed text is no longer than the text");
    const auto again = edge::unpackText(std::as_bytes(std::span(packed)), "It", {.maxBytes = text.size()});
    require(again.ok() && *again == text, "what is packed is unpacked");
    const auto part = edge::unpackText(std::as_bytes(std::span(packed)), "It", {.maxBytes = text.size(), .part = edge::TextPart::Front});
    require(part.ok() && *part == text.substr(0, front), "so is its front part");
}

} // namespace

bool runPackedText(std::string_view input)
{
    if (input.empty())
        return false;
    const std::string_view rest = input.substr(1);
    if (input.front() == 'T') {
        checkRoundTrip(rest.substr(0, mostBytes));
        return true;
    }
    const edge::TextPart part = input.front() == 'F' ? edge::TextPart::Front : edge::TextPart::Whole;
    const auto text = edge::unpackText(std::as_bytes(std::span(rest)), "It", {.maxBytes = mostBytes, .part = part, .hasFront = input.front() == 'F' || input.front() == 'W'});
    if (!text) {
        require(text.error().detail.starts_with("It "), "an error says what is wrong");
        return false;
    }
    require(text->size() <= mostBytes, "a text is no longer than allowed");
    checkRoundTrip(*text);
    return true;
}

} // namespace espalier::fuzzing
