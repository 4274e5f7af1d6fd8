// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/loading/TokenizerJson.h"

#include "engine/tokenizers/PartReader.h"

#include <algorithm>
#include <array>

namespace espalier {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kinds{{{"WordPiece", "wordpiece"}, {"BPE", "bpe"}, {"Unigram", "unigram"}, {"WordLevel", "wordlevel"}}};

/// Old files do not name the model; its fields tell.
std::string typeOf(const Fields& model)
{
    if (model.value("type").is_string())
        return model.value("type").get<std::string>();
    if (model.has("merges"))
        return "BPE";
    if (model.value("vocab").is_array())
        return "Unigram";
    return model.has("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
}

Result<std::string> kindOf(const Fields& model, const std::string& type)
{
    for (const auto& [name, kind] : kinds)
        if (name == type)
            return std::string(kind);
    return Error{ErrorCode::Unsupported, "The field '" + model.path() + ".type' asks for '" + type + "', which is not supported.",
                 "Known: WordPiece, BPE, Unigram, WordLevel.", {}};
}

Result<int> maxLengthOf(const Fields& file, int wanted)
{
    if (isNull(file, "truncation"))
        return wanted;
    ESPALIER_TRY(const Fields truncation, file.object("truncation"));
    ESPALIER_TRY(const std::string direction, truncation.textOr("direction", "Right"));
    if (direction != "Right")
        return unsupportedField(truncation, "direction", "'" + direction + "'");
    ESPALIER_TRY(const std::int64_t length, truncation.integer("max_length"));
    return static_cast<int>(std::min<std::int64_t>(wanted, std::max<std::int64_t>(length, 0)));
}

Result<std::vector<const Json*>> addedTokensOf(const Fields& file)
{
    if (isNull(file, "added_tokens"))
        return std::vector<const Json*>{};
    return file.array("added_tokens");
}

Result<void> importAddedTokens(const std::vector<const Json*>& tokens, VocabularyImport& vocabulary)
{
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        ESPALIER_TRY(const Fields token, Fields::of(*tokens[i], "added_tokens[" + std::to_string(i) + "]"));
        ESPALIER_TRY(const std::string content, token.text("content"));
        if (!content.empty())
            vocabulary.addAddedToken(content);
    }
    return {};
}

Json convertAddedTokens(const std::vector<const Json*>& tokens, const VocabularyImport& vocabulary)
{
    Json list = Json::array();
    for (const Json* token : tokens) {
        Json json = *token;
        const auto content = json["content"].get<std::string>();
        if (content.empty())
            continue;
        json["id"] = vocabulary.idOf(content);
        // The later entry for an id replaces the earlier one, as in the reference.
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list[i]["id"] == json["id"])
                list.erase(i--);
        list.push_back(std::move(json));
    }
    return list;
}

Result<std::string> paddingToken(const Fields& file)
{
    if (isNull(file, "padding"))
        return std::string();
    ESPALIER_TRY(const Fields padding, file.object("padding"));
    return padding.textOr("pad_token", "");
}

} // namespace

Result<Json> convertTokenizerJson(const Json& json, int maxLength)
{
    ESPALIER_TRY(const Fields file, Fields::of(json, "tokenizer"));
    ESPALIER_TRY(const Fields model, file.object("model"));
    const std::string type = typeOf(model);
    ESPALIER_TRY(const std::string kind, kindOf(model, type));
    ESPALIER_TRY(const int length, maxLengthOf(file, maxLength));
    ESPALIER_TRY(const auto added, addedTokensOf(file));
    ESPALIER_TRY(const std::string padding, paddingToken(file));
    VocabularyImport vocabulary;
    std::string unknown;
    ESPALIER_CHECK(importModelVocabulary(model, type, vocabulary, unknown));
    ESPALIER_CHECK(importAddedTokens(added, vocabulary));
    vocabulary.setSpecial(padding, unknown);
    ESPALIER_CHECK(vocabulary.finish());
    Json result{{"kind", kind}, {"max_length", length}, {"normalizer", file.value("normalizer")}, {"pre_tokenizer", file.value("pre_tokenizer")},
                {"added_tokens", convertAddedTokens(added, vocabulary)}};
    ESPALIER_TRY(result["model"], convertModel(model, type, vocabulary));
    ESPALIER_TRY(result["post_processor"], convertPostProcessor(file.value("post_processor"), "tokenizer.post_processor", vocabulary));
    vocabulary.addTo(result);
    return result;
}

} // namespace espalier
