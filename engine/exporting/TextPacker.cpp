// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/TextPacker.h"

#include "engine/edge/PackedText.h"
#include "engine/edge/TextPredictor.h"

namespace espalier {

namespace packing = edge::packing;

namespace {

void appendNumber(std::string& bytes, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(value >> shift & 0xff));
}

std::string codeOf(std::string_view text)
{
    std::string code;
    packing::Interval interval;
    edge::TextPredictor predictor(text.size());
    for (const char byte : text)
        for (int shift = 7; shift >= 0; --shift) {
            const bool bit = (static_cast<unsigned char>(byte) >> shift & 1) != 0;
            interval.take(bit, interval.middle(predictor.chance()));
            predictor.update(bit);
            for (; interval.settled(); interval.shift())
                code.push_back(static_cast<char>(interval.high >> 24));
        }
    code.push_back(static_cast<char>(interval.high >> 24));
    return code;
}

} // namespace

std::string packText(std::string_view text)
{
    std::string packed;
    appendNumber(packed, static_cast<std::uint32_t>(text.size()));
    appendNumber(packed, packing::checkOf(text));
    const std::string code = codeOf(text);
    return packed.append(code.size() < text.size() && packing::plausible(code.size(), text.size()) ? std::string_view(code) : text);
}

} // namespace espalier
