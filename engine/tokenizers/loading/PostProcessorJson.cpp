// SPDX-License-Identifier: Apache-2.0
// The post-processors of tokenizer.json, each brought into the one shape of PostProcessor. Only what they do to a single sentence counts.
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/loading/TokenizerJson.h"

#include <array>

namespace espalier {
namespace {

struct Converted {
    std::vector<std::int64_t> before;
    std::vector<std::int64_t> after;
    bool trimOffsets = false;
    bool addPrefixSpace = false;
};

Result<std::int64_t> idFromFileId(const Fields& fields, const Json& fileId, const VocabularyImport& vocabulary)
{
    const std::int64_t id = fileId.is_number_integer() ? vocabulary.idOfFileId(fileId.get<std::int64_t>()) : -1;
    if (id < 0)
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "' names the id " + dumpJson(fileId) + ", which is not in the vocabulary.", {}, {}};
    return id;
}

Result<void> addTokens(const Fields& template_, const std::string& name, const VocabularyImport& vocabulary, std::vector<std::int64_t>& ids)
{
    ESPALIER_TRY(const Fields all, template_.object("special_tokens"));
    ESPALIER_TRY(const Fields token, all.object(name));
    ESPALIER_TRY(const auto fileIds, token.array("ids"));
    for (const Json* fileId : fileIds) {
        ESPALIER_TRY(const std::int64_t id, idFromFileId(token, *fileId, vocabulary));
        ids.push_back(id);
    }
    return {};
}

Result<Converted> fromTemplate(const Fields& fields, const VocabularyImport& vocabulary)
{
    Converted result;
    bool seen = false;
    ESPALIER_TRY(const auto pieces, fields.array("single"));
    for (const Json* json : pieces) {
        ESPALIER_TRY(const Fields piece, Fields::of(*json, fields.path() + ".single"));
        if (piece.has("SpecialToken")) {
            ESPALIER_TRY(const Fields special, piece.object("SpecialToken"));
            ESPALIER_TRY(const std::string name, special.text("id"));
            ESPALIER_CHECK(addTokens(fields, name, vocabulary, seen ? result.after : result.before));
            continue;
        }
        ESPALIER_TRY(const Fields sequence, piece.object("Sequence"));
        ESPALIER_TRY(const std::string name, sequence.text("id"));
        if (name != "A" || seen)
            return unsupportedField(fields, "single", "more than the sentence, once");
        seen = true;
    }
    if (!seen)
        return unsupportedField(fields, "single", "a template without the sentence");
    return result;
}

/// "cls" and "sep" are each ["token", id].
Result<Converted> fromBert(const Fields& fields, const VocabularyImport& vocabulary)
{
    Converted result;
    for (const auto& [name, ids] : {std::pair("cls", &result.before), std::pair("sep", &result.after)}) {
        ESPALIER_TRY(const auto pair, fields.array(name));
        if (pair.size() != 2)
            return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "." + name + "' must be a token and its id.", {}, {}};
        ESPALIER_TRY(const std::int64_t id, idFromFileId(fields, *pair[1], vocabulary));
        ids->push_back(id);
    }
    return result;
}

Result<Converted> withTrimming(const Fields& fields, Converted result)
{
    ESPALIER_TRY(result.trimOffsets, fields.booleanOr("trim_offsets", true));
    ESPALIER_TRY(result.addPrefixSpace, fields.booleanOr("add_prefix_space", true));
    return result;
}

Result<Converted> fromRoberta(const Fields& fields, const VocabularyImport& vocabulary)
{
    ESPALIER_TRY(Converted result, fromBert(fields, vocabulary));
    return withTrimming(fields, std::move(result));
}

Result<Converted> fromByteLevel(const Fields& fields, const VocabularyImport&)
{
    return withTrimming(fields, {});
}

Result<Converted> fromAny(const Json& json, const std::string& path, const VocabularyImport& vocabulary);

Result<Converted> fromSequence(const Fields& fields, const VocabularyImport& vocabulary)
{
    Converted result;
    ESPALIER_TRY(const auto parts, fields.array("processors"));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        ESPALIER_TRY(const Converted part, fromAny(*parts[i], fields.path() + ".processors[" + std::to_string(i) + "]", vocabulary));
        result.before.insert(result.before.begin(), part.before.begin(), part.before.end());
        result.after.insert(result.after.end(), part.after.begin(), part.after.end());
        if (part.trimOffsets && result.trimOffsets)
            return unsupportedField(fields, "processors", "trimming offsets twice");
        if (part.trimOffsets) {
            result.trimOffsets = true;
            result.addPrefixSpace = part.addPrefixSpace;
        }
    }
    return result;
}

struct Converter {
    std::string id;
    Result<Converted> (*convert)(const Fields&, const VocabularyImport&);
};

Result<Converted> fromAny(const Json& json, const std::string& path, const VocabularyImport& vocabulary)
{
    static const Catalog<Converter> catalog("post-processor", {
                                                                  {"TemplateProcessing", fromTemplate},
                                                                  {"BertProcessing", fromBert},
                                                                  {"RobertaProcessing", fromRoberta},
                                                                  {"ByteLevel", fromByteLevel},
                                                                  {"Sequence", fromSequence},
                                                              });
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(const std::string type, fields.text("type"));
    auto converter = catalog.get(type);
    if (!converter)
        return Error{ErrorCode::Unsupported, "The field '" + path + "' asks for '" + type + "', which is not supported.", converter.error().remedy, {}};
    return (*converter)->convert(fields, vocabulary);
}

} // namespace

Result<Json> convertPostProcessor(const Json& json, const std::string& path, const VocabularyImport& vocabulary)
{
    if (json.is_null())
        return Json();
    ESPALIER_TRY(const Converted result, fromAny(json, path, vocabulary));
    return Json{{"before", result.before}, {"after", result.after}, {"trim_offsets", result.trimOffsets}, {"add_prefix_space", result.addPrefixSpace}};
}

} // namespace espalier
