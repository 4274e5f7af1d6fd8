// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TextKeys.h"

#include "engine/data/Scripts.h"
#include "engine/data/Utf8.h"
#include "engine/tokenizers/NormalizedText.h"

#include <cstring>

namespace espalier {
namespace {

std::uint64_t mixed(std::uint64_t z)
{
    z = (z ^ (z >> 32)) * 0xd6e8feb86659fd93u;
    z = (z ^ (z >> 32)) * 0xd6e8feb86659fd93u;
    return z ^ (z >> 32);
}

} // namespace

std::uint64_t textHash(std::string_view text)
{
    std::uint64_t hash = mixed(text.size() + 0x9e3779b97f4a7c15u);
    for (; !text.empty(); text.remove_prefix(text.size() < 8 ? text.size() : 8)) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < 8 && i < text.size(); ++i)
            word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << (8 * i);
        hash = mixed(hash ^ word) + 0x9e3779b97f4a7c15u;
    }
    return hash;
}

std::string normalizedKey(std::string_view text)
{
    std::string key;
    key.reserve(text.size());
    NormalizedText units(text, {});
    bool space = false;
    for (NormalizedUnit unit; units.next(unit);) {
        const auto codePoint = unit.codePoint < 0 ? U'\ufffd' : static_cast<char32_t>(unit.codePoint);
        if (isSpace(codePoint)) {
            space = !key.empty();
            continue;
        }
        if (space)
            key += ' ';
        space = false;
        appendUtf8(key, codePoint);
    }
    return key;
}

} // namespace espalier
