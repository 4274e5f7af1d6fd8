// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/HeaderPacker.h"

#include "engine/exporting/TextPacker.h"
#include "engine/exporting/WordListPacker.h"

#include <algorithm>
#include <vector>

namespace espalier {
namespace {

void appendNumber(std::string& bytes, std::size_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(value >> shift & 0xff));
}

/// Takes the vocabulary out of @p front, packed; nothing where it must stay.
std::string takeWords(Json& front)
{
    Json* tokenizer = front.contains("tokenizer") ? &front["tokenizer"] : nullptr;
    if (tokenizer == nullptr || !tokenizer->is_object() || !tokenizer->contains("vocabulary"))
        return {};
    const Json& vocabulary = (*tokenizer)["vocabulary"];
    if (!vocabulary.is_array() || vocabulary.empty() || !std::all_of(vocabulary.begin(), vocabulary.end(), [](const Json& token) { return token.is_string(); }))
        return {};
    const auto packed = packWords(vocabulary.get<std::vector<std::string>>());
    if (packed)
        tokenizer->erase("vocabulary");
    return packed.value_or("");
}

/// What an answer does not need.
Json takeDetails(Json& front)
{
    Json details = Json::object();
    for (const char* name : {"self_tests", "provenance"})
        if (front.contains(name)) {
            details[name] = std::move(front[name]);
            front.erase(name);
        }
    return details;
}

} // namespace

std::string packHeader(const Json& header)
{
    Json front = header;
    const bool object = front.is_object();
    const std::string words = object ? takeWords(front) : "";
    const Json details = object ? takeDetails(front) : Json();
    std::string packed;
    appendNumber(packed, words.size());
    const std::string text = dumpJson(front);
    return packed + words + packText(text + dumpJson(details), text.size());
}

} // namespace espalier
