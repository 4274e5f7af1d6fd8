// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/loading/TokenizerFile.h"

#include "engine/core/Remedy.h"
#include "engine/core/SafeFile.h"
#include "engine/tokenizers/loading/TokenizerJson.h"
#include "engine/tokenizers/unicode/CharacterClass.h"
#include "engine/tokenizers/unicode/Utf8.h"

namespace espalier {
namespace {

constexpr JsonLimits fileLimits{std::size_t{256} << 20, 64};

std::string quoted(const std::filesystem::path& file)
{
    return "'" + file.string() + "'";
}

bool isJsonFile(const std::filesystem::path& file)
{
    return file.extension() == ".json";
}

std::string_view trimmedEnd(std::string_view line)
{
    while (!line.empty()) {
        std::size_t begin = line.size() - 1;
        while (begin > 0 && unicode::isContinuation(line[begin]))
            --begin;
        if (!unicode::isWhitespace(unicode::decode(line.substr(begin))))
            break;
        line = line.substr(0, begin);
    }
    return line;
}

/// The lines of @p text, without their ends. Nothing follows a last line end.
std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

Result<void> checkUtf8(std::string_view text, const std::string& name)
{
    if (const std::size_t valid = unicode::validPrefix(text); valid != text.size())
        return Error{ErrorCode::InvalidFormat, name + " is not UTF-8 (byte " + std::to_string(valid + 1) + ").", {}, {}};
    return {};
}

Json specialToken(std::int64_t id, std::string_view content)
{
    return {{"id", id}, {"content", content}, {"special", true}, {"normalized", false}};
}

Result<Json> readTokenizerJson(const std::filesystem::path& file, const TokenizerFileOptions& options)
{
    if (!isJsonFile(file)) {
        ESPALIER_TRY(const std::string text, readFile(file, fileLimits.maxBytes));
        return tokenizerJsonFromList(text, quoted(file), options.lowercase);
    }
    ESPALIER_TRY(Json json, readJsonFile(file, fileLimits));
    if (!json.is_object() || json.contains("model"))
        return json;
    const auto merges = options.merges.empty() ? companionsOf(file) : std::vector{options.merges};
    if (merges.empty())
        return Error{ErrorCode::InvalidFormat, quoted(file) + " has no field 'model', so it is not a tokenizer.json.", {}, {}};
    ESPALIER_TRY(const std::string text, readFile(merges.front(), fileLimits.maxBytes));
    return tokenizerJsonFromMerges(std::move(json), text, quoted(merges.front()));
}

} // namespace

Result<Json> tokenizerJsonFromList(std::string_view text, const std::string& name, bool lowercase)
{
    ESPALIER_CHECK(checkUtf8(text, name));
    Json vocabulary = Json::object();
    const auto lines = linesOf(text);
    for (std::size_t i = 0; i < lines.size(); ++i)
        vocabulary[std::string(trimmedEnd(lines[i]))] = i;
    if (!vocabulary.contains("[UNK]"))
        return Error{ErrorCode::InvalidFormat, name + " has no line [UNK], so it is not a WordPiece vocabulary.",
                     "Choose a vocab.txt, a tokenizer.json, or a vocab.json that has a merges.txt beside it.", {}};
    Json added = Json::array();
    for (const char* token : {"[UNK]", "[SEP]", "[CLS]", "[PAD]", "[MASK]"})
        if (vocabulary.contains(token))
            added.push_back(specialToken(vocabulary[token].get<std::int64_t>(), token));
    Json post;
    if (vocabulary.contains("[CLS]") && vocabulary.contains("[SEP]"))
        post = {{"type", "BertProcessing"}, {"cls", {"[CLS]", vocabulary["[CLS]"]}}, {"sep", {"[SEP]", vocabulary["[SEP]"]}}};
    return Json{{"normalizer", {{"type", "BertNormalizer"}, {"lowercase", lowercase}}},
                {"pre_tokenizer", {{"type", "BertPreTokenizer"}}},
                {"post_processor", std::move(post)},
                {"added_tokens", std::move(added)},
                {"model", {{"type", "WordPiece"}, {"unk_token", "[UNK]"}, {"continuing_subword_prefix", "##"}, {"max_input_chars_per_word", 100}, {"vocab", std::move(vocabulary)}}}};
}

Result<Json> tokenizerJsonFromMerges(Json vocabulary, std::string_view text, const std::string& name)
{
    ESPALIER_CHECK(checkUtf8(text, name));
    Json merges = Json::array();
    std::size_t number = 0;
    for (const std::string_view line : linesOf(text)) {
        ++number;
        if (line.starts_with("#version"))
            continue;
        const auto space = line.find(' ');
        if (space == std::string_view::npos || line.find(' ', space + 1) != std::string_view::npos)
            return Error{ErrorCode::InvalidFormat, name + ", line " + std::to_string(number) + ": a merge must be two tokens with one space between.", {}, {}};
        merges.push_back({line.substr(0, space), line.substr(space + 1)});
    }
    return Json{{"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}}},
                {"model", {{"type", "BPE"}, {"vocab", std::move(vocabulary)}, {"merges", std::move(merges)}}}};
}

std::vector<std::filesystem::path> companionsOf(const std::filesystem::path& file)
{
    if (!isJsonFile(file) || file.filename() == "tokenizer.json")
        return {};
    return {file.parent_path() / "merges.txt"};
}

Result<Tokenizer> loadTokenizer(const std::filesystem::path& file, const TokenizerFileOptions& options)
{
    constexpr const char* remedy = "Choose another file, or save the tokenizer again with the program that made it.";
    const auto json = readTokenizerJson(file, options);
    if (!json)
        return withRemedy(json.error(), remedy);
    auto converted = convertTokenizerJson(*json, options.maxLength);
    if (!converted)
        return withRemedy(converted.error().within(quoted(file)), remedy);
    (*converted)["source"] = file.filename().string();
    auto tokenizer = Tokenizer::fromJson(*converted);
    if (!tokenizer)
        return withRemedy(tokenizer.error().within(quoted(file)), remedy);
    return tokenizer;
}

} // namespace espalier
