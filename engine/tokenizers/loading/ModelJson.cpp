// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/loading/TokenizerJson.h"

namespace espalier {
namespace {

Error badEntry(const Fields& model, std::string_view field, std::size_t index, std::string_view wanted)
{
    return {ErrorCode::InvalidFormat, "The field '" + model.path() + "." + std::string(field) + "[" + std::to_string(index) + "]' must be " + std::string(wanted) + ".", {}, {}};
}

/// {"token": id, ...}
Result<void> importIdTable(const Fields& model, VocabularyImport& vocabulary)
{
    const Json& table = model.value("vocab");
    if (!table.is_object())
        return Error{ErrorCode::InvalidFormat, "The field '" + model.path() + ".vocab' must be an object of ids.", {}, {}};
    for (const auto& [text, id] : table.items()) {
        if (!id.is_number_integer())
            return Error{ErrorCode::InvalidFormat, "The field '" + model.path() + ".vocab." + text + "' must be an integer.", {}, {}};
        vocabulary.addModelToken(text, id.get<std::int64_t>());
    }
    return {};
}

/// [["token", score], ...]
Result<void> importScoreList(const Fields& model, VocabularyImport& vocabulary)
{
    ESPALIER_TRY(const auto entries, model.array("vocab"));
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Json& entry = *entries[i];
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_number())
            return badEntry(model, "vocab", i, "a token and its score");
        const auto text = entry[0].get<std::string>();
        if (vocabulary.has(text))
            return badEntry(model, "vocab", i, "another token, '" + text + "' stands twice");
        vocabulary.addModelToken(text, static_cast<std::int64_t>(i));
    }
    return {};
}

Result<std::string> unknownOfUnigram(const Fields& model)
{
    if (isNull(model, "unk_id"))
        return std::string();
    ESPALIER_TRY(const std::int64_t id, model.integer("unk_id"));
    const Json& entries = model.value("vocab");
    if (id < 0 || id >= static_cast<std::int64_t>(entries.size()))
        return Error{ErrorCode::InvalidFormat, "The field '" + model.path() + ".unk_id' is beyond the vocabulary.", {}, {}};
    return entries[static_cast<std::size_t>(id)][0].get<std::string>();
}

/// A merge is "left right" in older files and ["left", "right"] in newer ones.
Result<std::pair<std::string, std::string>> mergeFrom(const Fields& model, const Json& json, std::size_t index)
{
    if (json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string())
        return std::pair(json[0].get<std::string>(), json[1].get<std::string>());
    const std::string text = json.is_string() ? json.get<std::string>() : std::string();
    const auto space = text.find(' ');
    if (space == std::string::npos || text.find(' ', space + 1) != std::string::npos)
        return badEntry(model, "merges", index, "two tokens");
    return std::pair(text.substr(0, space), text.substr(space + 1));
}

Result<Json> convertMerges(const Fields& model, const VocabularyImport& vocabulary)
{
    ESPALIER_TRY(const auto merges, model.array("merges"));
    Json ids = Json::array();
    for (std::size_t i = 0; i < merges.size(); ++i) {
        if (merges[i]->is_string() && merges[i]->get_ref<const std::string&>().starts_with("#version"))
            continue;
        ESPALIER_TRY(const auto pair, mergeFrom(model, *merges[i], i));
        for (const std::string& text : {pair.first, pair.second}) {
            if (!vocabulary.has(text))
                return badEntry(model, "merges", i, "of the vocabulary, '" + text + "' is not");
            ids.push_back(vocabulary.idOf(text));
        }
    }
    return ids;
}

Result<Json> convertBpe(const Fields& model, const VocabularyImport& vocabulary)
{
    if (!isNull(model, "dropout") && model.value("dropout") != 0.0)
        return unsupportedField(model, "dropout", "random merges");
    Json json{{"type", "BPE"}, {"unknown", !isNull(model, "unk_token")}};
    ESPALIER_TRY(json["fuse_unk"], flagOr(model, "fuse_unk", false));
    ESPALIER_TRY(const bool byteFallback, flagOr(model, "byte_fallback", false));
    ESPALIER_TRY(json["ignore_merges"], flagOr(model, "ignore_merges", false));
    ESPALIER_TRY(const std::string prefix, textOrNone(model, "continuing_subword_prefix"));
    ESPALIER_TRY(const std::string suffix, textOrNone(model, "end_of_word_suffix"));
    if (byteFallback && !(prefix + suffix).empty())
        return unsupportedField(model, "byte_fallback", "bytes together with a prefix or suffix");
    json["byte_fallback"] = byteFallback;
    json["continuing_subword_prefix"] = prefix;
    json["end_of_word_suffix"] = suffix;
    ESPALIER_TRY(json["merges"], convertMerges(model, vocabulary));
    return json;
}

Result<Json> convertUnigram(const Fields& model, const VocabularyImport& vocabulary)
{
    std::vector<double> scores(vocabulary.size(), 0.0);
    for (const Json& entry : model.value("vocab"))
        if (const auto text = entry[0].get<std::string>(); !text.empty())
            scores[static_cast<std::size_t>(vocabulary.idOf(text))] = entry[1].get<double>();
    Json json{{"type", "Unigram"}, {"scores", std::move(scores)}};
    ESPALIER_TRY(json["byte_fallback"], flagOr(model, "byte_fallback", false));
    return json;
}

} // namespace

Result<void> importModelVocabulary(const Fields& model, const std::string& type, VocabularyImport& vocabulary, std::string& unknown)
{
    if (type == "Unigram") {
        ESPALIER_CHECK(importScoreList(model, vocabulary));
        ESPALIER_TRY(unknown, unknownOfUnigram(model));
        return {};
    }
    ESPALIER_CHECK(importIdTable(model, vocabulary));
    ESPALIER_TRY(unknown, textOrNone(model, "unk_token"));
    const bool needed = type != "BPE" || !unknown.empty();
    if (needed && !vocabulary.has(unknown))
        return Error{ErrorCode::InvalidFormat, "The field '" + model.path() + ".unk_token' names '" + unknown + "', which is not in the vocabulary.", {}, {}};
    return {};
}

Result<Json> convertModel(const Fields& model, const std::string& type, const VocabularyImport& vocabulary)
{
    if (type == "BPE")
        return convertBpe(model, vocabulary);
    if (type == "Unigram")
        return convertUnigram(model, vocabulary);
    Json json{{"type", type}};
    if (type == "WordPiece") {
        ESPALIER_TRY(json["continuing_subword_prefix"], model.text("continuing_subword_prefix"));
        ESPALIER_TRY(json["max_input_chars_per_word"], model.integer("max_input_chars_per_word"));
    }
    return json;
}

} // namespace espalier
