// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/TextPacker.h"

#include "engine/edge/coding/PackedText.h"
#include "engine/edge/coding/TextPredictor.h"
#include "engine/exporting/BitEncoder.h"

namespace espalier {

namespace packing = edge::packing;

namespace {

void appendNumber(std::string& bytes, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(value >> shift & 0xff));
}

std::string codeOf(std::string_view text, std::size_t front)
{
    BitEncoder encoder;
    edge::TextPredictor predictor(text.size(), front);
    while (predictor.bytes() < text.size()) {
        const bool bit = predictor.bitOf(static_cast<std::uint8_t>(text[predictor.bytes()]));
        encoder.put(bit, predictor.chance());
        predictor.update(bit);
    }
    return encoder.finish();
}

} // namespace

std::string packText(std::string_view text, std::size_t front)
{
    std::string packed;
    appendNumber(packed, static_cast<std::uint32_t>(text.size()));
    appendNumber(packed, packing::checkOf(text));
    appendNumber(packed, static_cast<std::uint32_t>(front));
    appendNumber(packed, packing::checkOf(text.substr(0, front)));
    const std::string code = codeOf(text, front);
    return packed.append(code.size() < text.size() && packing::plausible(code.size(), text.size()) ? std::string_view(code) : text);
}

} // namespace espalier
