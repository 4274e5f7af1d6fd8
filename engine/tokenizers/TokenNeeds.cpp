// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/TokenNeeds.h"

#include "engine/tokenizers/TokenizerCatalog.h"
#include "engine/tokenizers/unicode/CharacterClass.h"
#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>

namespace espalier {

bool isSubword(const Tokenizer& tokenizer)
{
    const TokenizerKind* kind = tokenizerCatalog().find(tokenizer.spec().kind);
    return kind && kind->subword;
}

TokenNeeds::TokenNeeds(const Tokenizer& tokenizer, std::span<const std::int64_t> counts)
    : m_tokens(tokenizer.vocabulary()), m_counts(counts), m_parts(m_tokens.size()), m_required(m_tokens.size())
{
    require(Tokenizer::padId);
    require(Tokenizer::unknownId);
    if (!isSubword(tokenizer))
        return;
    const Json json = tokenizer.toJson();
    requireSpecials(json);
    const Json& model = json.at("model");
    if (model.at("type") == "BPE")
        readMerges(model, dumpJson(json.at("pre_tokenizer")).find("\"ByteLevel\"") != std::string::npos);
    else if (model.at("type") != "WordLevel")
        requireLetters(model.value("continuing_subword_prefix", ""));
    if (model.value("byte_fallback", false))
        requireBytes();
}

void TokenNeeds::requireSpecials(const Json& json)
{
    for (const Json& id : json.at("outside"))
        require(id.get<std::int64_t>());
    for (const Json& token : json.at("added_tokens"))
        require(token.at("id").get<std::int64_t>());
    if (const Json& post = json.at("post_processor"); post.is_object())
        for (const char* side : {"before", "after"})
            for (const Json& id : post.at(side))
                require(id.get<std::int64_t>());
}

std::int32_t TokenNeeds::find(const std::string& text)
{
    if (m_ids.empty())
        for (std::size_t id = 0; id < m_tokens.size(); ++id)
            m_ids.emplace(m_tokens[id], static_cast<std::int32_t>(id));
    const auto found = m_ids.find(text);
    return found == m_ids.end() ? -1 : found->second;
}

void TokenNeeds::requireText(const std::string& text)
{
    if (const std::int32_t id = find(text); id >= 0)
        require(id);
}

/// Whether the letters of @p text, which token @p id stands for, must stay.
bool TokenNeeds::spelt(std::size_t id, std::string_view text) const
{
    const bool single = unicode::lengthOf(text.front()) >= text.size();
    return m_counts[id] > 0 && !m_required[id] && !(single && unicode::isIdeograph(unicode::decode(text)));
}

/// At the front of a word and inside: any of them may have to spell it.
void TokenNeeds::requireLetters(const std::string& prefix)
{
    std::vector<std::string> letters;
    for (std::size_t id = 0; id < m_tokens.size(); ++id) {
        std::string_view text = m_tokens[id];
        if (!prefix.empty() && text.size() > prefix.size() && text.starts_with(prefix))
            text.remove_prefix(prefix.size());
        for (std::size_t at = 0; spelt(id, text) && at < text.size(); at += unicode::lengthOf(text[at]))
            letters.emplace_back(text.substr(at, unicode::lengthOf(text[at])));
    }
    for (const std::string& letter : letters) {
        requireText(letter);
        if (!prefix.empty())
            requireText(prefix + letter);
    }
}

void TokenNeeds::requireBytes()
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (std::size_t byte = 0; byte < 256; ++byte)
        requireText(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">");
}

void TokenNeeds::readMerges(const Json& model, bool byteLevel)
{
    const std::string prefix = model.at("continuing_subword_prefix").get<std::string>();
    const Json& merges = model.at("merges");
    for (std::size_t i = 0; i + 1 < merges.size(); i += 2) {
        const auto left = merges[i].get<std::int32_t>();
        const auto right = merges[i + 1].get<std::int32_t>();
        const std::string& end = m_tokens[static_cast<std::size_t>(right)];
        const std::int32_t made = find(m_tokens[static_cast<std::size_t>(left)] + end.substr(std::min(prefix.size(), end.size())));
        if (made >= 0)
            m_parts[static_cast<std::size_t>(made)].insert(m_parts[static_cast<std::size_t>(made)].end(), {left, right});
    }
    std::vector<bool> seen(m_tokens.size());
    for (std::size_t id = 0; id < m_tokens.size(); ++id)
        if (byteLevel || (!m_parts[id].empty() && m_counts[id] > 0) || spelt(id, m_tokens[id]))
            requireLeaves(static_cast<std::int32_t>(id), seen);
}

/// The letters that @p id is made of in the end.
void TokenNeeds::requireLeaves(std::int32_t id, std::vector<bool>& seen)
{
    for (std::vector<std::int32_t> open{id}; !open.empty();) {
        const std::int32_t next = open.back();
        open.pop_back();
        if (seen[static_cast<std::size_t>(next)])
            continue;
        seen[static_cast<std::size_t>(next)] = true;
        if (parts(next).empty())
            require(next);
        open.insert(open.end(), parts(next).begin(), parts(next).end());
    }
}

} // namespace espalier
