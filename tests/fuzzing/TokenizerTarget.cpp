// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/loading/TokenizerJson.h"
#include "tests/fuzzing/FuzzTargets.h"

namespace espalier::fuzzing {
namespace {

constexpr int maxLength = 64;

Result<Json> tokenizerJson(char kind, std::string_view& rest)
{
    const std::string_view file = nextPart(rest);
    if (kind == 'L')
        return tokenizerJsonFromList(file, "list", true);
    ESPALIER_TRY(Json json, parseJson(file, "input"));
    if (kind == 'M')
        return tokenizerJsonFromMerges(std::move(json), nextPart(rest), "merges");
    return json;
}

Result<Tokenizer> tokenizerFrom(char kind, std::string_view& rest)
{
    ESPALIER_TRY(const Json json, tokenizerJson(kind, rest));
    if (kind == 'C')
        return Tokenizer::fromJson(json);
    ESPALIER_TRY(const Json converted, convertTokenizerJson(json, maxLength));
    return Tokenizer::fromJson(converted);
}

void checkTokens(const Tokenizer& tokenizer, std::string_view text)
{
    std::vector<std::int32_t> ids;
    tokenizer.encode(text, ids);
    const auto tokens = tokenizer.tokenize(text);
    require(ids.size() == std::max<std::size_t>(tokens.size(), 1) && ids.size() <= static_cast<std::size_t>(tokenizer.spec().maxLength), "a sentence has its length");
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        require(tokens[i].id >= 0 && static_cast<std::size_t>(tokens[i].id) < tokenizer.vocabulary().size() && tokens[i].id == ids[i], "ids are in the vocabulary");
        require(tokens[i].begin <= tokens[i].end && tokens[i].end <= text.size(), "offsets are in the text");
    }
}

} // namespace

bool runTokenizer(std::string_view input)
{
    if (input.empty())
        return false;
    std::string_view rest = input.substr(1);
    const auto tokenizer = tokenizerFrom(input.front(), rest);
    if (!tokenizer)
        return false;
    checkTokens(*tokenizer, rest);
    checkTokens(*tokenizer, "Turn ON the l\u00efghts \u5f00\u706f \U0001f44d\U0001f3fd e\u0301 \xff <mask>");
    const std::string json = dumpJson(tokenizer->toJson());
    const auto again = Tokenizer::fromJson(parseJson(json, "again").value());
    require(again.ok() && dumpJson(again->toJson()) == json, "a tokenizer comes back from its JSON");
    return true;
}

} // namespace espalier::fuzzing
