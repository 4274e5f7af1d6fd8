// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/AddedTokens.h"

#include "engine/tokenizers/unicode/CharacterClass.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::size_t longestContent = 512;

Result<AddedToken> tokenFromJson(const Json& json, const std::string& path, std::size_t vocabularySize)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    AddedToken token;
    ESPALIER_TRY(const std::int64_t id, fields.integer("id"));
    ESPALIER_TRY(token.content, fields.text("content"));
    ESPALIER_TRY(token.singleWord, fields.booleanOr("single_word", false));
    ESPALIER_TRY(token.stripLeft, fields.booleanOr("lstrip", false));
    ESPALIER_TRY(token.stripRight, fields.booleanOr("rstrip", false));
    ESPALIER_TRY(token.normalized, fields.booleanOr("normalized", false));
    if (id < 0 || id >= static_cast<std::int64_t>(vocabularySize))
        return Error{ErrorCode::InvalidFormat, "The field '" + path + ".id' is beyond the vocabulary.", {}, {}};
    if (token.content.empty() || token.content.size() > longestContent || unicode::validPrefix(token.content) != token.content.size())
        return Error{ErrorCode::InvalidFormat, "The field '" + path + ".content' must be 1 to 512 bytes of UTF-8.", {}, {}};
    token.id = static_cast<std::int32_t>(id);
    return token;
}

std::string normalizedContent(const AddedToken& token, const Normalizer* normalizer)
{
    if (!token.normalized || !normalizer)
        return token.content;
    PreTokenized work;
    work.text.appendOriginal(token.content, 0);
    normalizer->apply(work);
    return std::string(work.text.view());
}

/// The begin of the last character before @p at.
std::size_t before(std::string_view text, std::size_t at)
{
    do
        --at;
    while (at > 0 && unicode::isContinuation(text[at]));
    return at;
}

bool standsAlone(std::string_view text, std::size_t begin, std::size_t end)
{
    const bool wordBefore = begin > 0 && unicode::isWord(unicode::decode(text.substr(before(text, begin))));
    return !wordBefore && (end == text.size() || !unicode::isWord(unicode::decode(text.substr(end))));
}

} // namespace

Result<AddedTokens> AddedTokens::fromJson(const Json& json, std::size_t vocabularySize, const Normalizer* normalizer)
{
    AddedTokens added;
    if (!json.is_array())
        return Error{ErrorCode::InvalidFormat, "The field 'tokenizer.added_tokens' must be a list.", {}, {}};
    for (std::size_t i = 0; i < json.size(); ++i) {
        ESPALIER_TRY(AddedToken token, tokenFromJson(json[i], "tokenizer.added_tokens[" + std::to_string(i) + "]", vocabularySize));
        std::string pattern = normalizedContent(token, normalizer);
        Matcher& matcher = token.normalized ? added.m_normalized : added.m_raw;
        if (!pattern.empty())
            matcher.tokens.emplace_back(std::move(pattern), static_cast<std::int32_t>(i));
        added.m_tokens.push_back(std::move(token));
    }
    added.m_raw.build();
    added.m_normalized.build();
    return added;
}

Json AddedTokens::toJson() const
{
    Json list = Json::array();
    for (const AddedToken& token : m_tokens) {
        Json json{{"id", token.id}, {"content", token.content}};
        for (const auto& [name, value] : {std::pair("single_word", token.singleWord), {"lstrip", token.stripLeft}, {"rstrip", token.stripRight}, {"normalized", token.normalized}})
            if (value)
                json[name] = true;
        list.push_back(std::move(json));
    }
    return list;
}

void AddedTokens::Matcher::build()
{
    // Of equal patterns the first stays.
    const auto samePattern = [](const auto& a, const auto& b) { return a.first == b.first; };
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end(), samePattern), tokens.end());
    std::vector<std::pair<std::string_view, std::int32_t>> entries(tokens.begin(), tokens.end());
    for (const auto& [pattern, index] : entries)
        begins[static_cast<unsigned char>(pattern.front())] = true;
    trie = ByteTrie(std::move(entries));
}

std::pair<std::int32_t, std::size_t> AddedTokens::Matcher::longestAt(std::string_view text, std::size_t at) const
{
    std::pair<std::int32_t, std::size_t> best{ByteTrie::none, at};
    std::uint32_t node = ByteTrie::root;
    for (std::size_t end = at; end < text.size();) {
        node = trie.step(node, text[end++]);
        if (node == ByteTrie::nowhere)
            break;
        if (trie.valueAt(node) != ByteTrie::none)
            best = {trie.valueAt(node), end};
    }
    return best;
}

void AddedTokens::Matcher::find(std::string_view text, const std::vector<AddedToken>& all, std::vector<TextPiece>& pieces) const
{
    pieces.clear();
    std::size_t last = 0;
    const auto push = [&](std::size_t begin, std::size_t end, std::int32_t token) {
        if (begin < end)
            pieces.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), token});
    };
    for (std::size_t at = 0; !tokens.empty() && at < text.size();) {
        const auto [index, matchEnd] = begins[static_cast<unsigned char>(text[at])] ? longestAt(text, at) : std::pair{ByteTrie::none, at};
        if (index == ByteTrie::none) {
            ++at;
            continue;
        }
        std::size_t begin = at;
        std::size_t end = matchEnd;
        at = matchEnd;
        const AddedToken& token = all[static_cast<std::size_t>(index)];
        if (token.singleWord && !standsAlone(text, begin, end))
            continue;
        while (token.stripLeft && begin > last && unicode::isWhitespace(unicode::decode(text.substr(before(text, begin)))))
            begin = before(text, begin);
        while (token.stripRight && end < text.size() && unicode::isWhitespace(unicode::decode(text.substr(end))))
            end += unicode::lengthOf(text[end]);
        begin = std::max(begin, last);
        push(last, begin, TextPiece::open);
        push(begin, std::max(begin, end), token.id);
        last = std::max(last, end);
    }
    push(last, text.size(), TextPiece::open);
}

} // namespace espalier
