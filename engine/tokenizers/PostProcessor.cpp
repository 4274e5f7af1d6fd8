// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PostProcessor.h"

#include "engine/tokenizers/pretokenizers/ByteLevel.h"
#include "engine/tokenizers/unicode/CharacterClass.h"
#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>

namespace espalier {
namespace {

Result<std::vector<std::int32_t>> idsFromJson(const Fields& fields, std::string_view name, std::size_t vocabularySize)
{
    ESPALIER_TRY(const auto numbers, fields.integers(name));
    std::vector<std::int32_t> ids;
    for (const std::int64_t id : numbers) {
        if (id < 0 || id >= static_cast<std::int64_t>(vocabularySize))
            return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "." + std::string(name) + "' holds an id beyond the vocabulary.", {}, {}};
        ids.push_back(static_cast<std::int32_t>(id));
    }
    return ids;
}

bool isSpace(std::int32_t codePoint)
{
    return codePoint == letterOfSpace || unicode::isWhitespace(codePoint);
}

int leadingSpaces(std::string_view token)
{
    int count = 0;
    for (std::size_t at = 0; at < token.size() && isSpace(unicode::decode(token.substr(at))); at += unicode::lengthOf(token[at]))
        ++count;
    return count;
}

int trailingSpaces(std::string_view token)
{
    int count = 0;
    for (std::size_t end = token.size(); end > 0; ++count) {
        do
            --end;
        while (end > 0 && unicode::isContinuation(token[end]));
        if (!isSpace(unicode::decode(token.substr(end))))
            break;
    }
    return count;
}

/// Moves @p at over @p characters of @p text, forwards or backwards, as far as @p limit.
std::uint32_t moved(std::string_view text, std::uint32_t at, int characters, std::uint32_t limit)
{
    for (; characters > 0 && at != limit; --characters)
        do
            at < limit ? ++at : --at;
        while (at != limit && unicode::isContinuation(text[at]));
    return at;
}

} // namespace

Result<PostProcessor> PostProcessor::fromJson(const Json& json, std::size_t vocabularySize)
{
    PostProcessor processor;
    if (json.is_null())
        return processor;
    ESPALIER_TRY(const Fields fields, Fields::of(json, "tokenizer.post_processor"));
    ESPALIER_TRY(processor.before, idsFromJson(fields, "before", vocabularySize));
    ESPALIER_TRY(processor.after, idsFromJson(fields, "after", vocabularySize));
    ESPALIER_TRY(processor.trimOffsets, fields.booleanOr("trim_offsets", false));
    ESPALIER_TRY(processor.addPrefixSpace, fields.booleanOr("add_prefix_space", false));
    return processor;
}

Json PostProcessor::toJson() const
{
    return {{"before", before}, {"after", after}, {"trim_offsets", trimOffsets}, {"add_prefix_space", addPrefixSpace}};
}

void PostProcessor::apply(std::vector<Token>& tokens, const std::vector<std::string>& vocabulary, std::string_view text) const
{
    for (std::size_t i = 0; trimOffsets && i < tokens.size(); ++i) {
        Token& token = tokens[i];
        const std::string& entry = vocabulary[static_cast<std::size_t>(token.id)];
        const int leading = leadingSpaces(entry);
        const bool added = (i == 0 || token.begin == 0) && addPrefixSpace && leading == 1;
        token.begin = moved(text, token.begin, added ? 0 : leading, token.end);
        token.end = moved(text, token.end, trailingSpaces(entry), token.begin);
    }
    tokens.insert(tokens.begin(), before.size(), {});
    for (std::size_t i = 0; i < before.size(); ++i)
        tokens[i] = {before[i], 0, 0};
    const auto end = static_cast<std::uint32_t>(text.size());
    for (const std::int32_t id : after)
        tokens.push_back({id, end, end});
}

} // namespace espalier
