// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/training/SubwordRecipes.h"

namespace espalier {
namespace {

Json byteLevel()
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", true}};
}

Json bertPreTokenizer()
{
    return {{"type", "BertPreTokenizer"}};
}

/// Words with the mark of a space in front, whatever white space there was.
Json markedWords()
{
    Json split{{"type", "WhitespaceSplit"}};
    Json mark{{"type", "Metaspace"}, {"replacement", "\u2581"}, {"prepend_scheme", "always"}, {"split", true}};
    return {{"type", "Sequence"}, {"pretokenizers", {std::move(split), std::move(mark)}}};
}

/// Accents stay: the model learns what they mean.
Json bertNormalizer(bool lowercase)
{
    return {{"type", "BertNormalizer"}, {"clean_text", true}, {"handle_chinese_chars", true}, {"strip_accents", false}, {"lowercase", lowercase}};
}

Json lowercaseOnly(bool lowercase)
{
    return lowercase ? Json{{"type", "Lowercase"}} : Json();
}

} // namespace

const Catalog<SubwordRecipe>& subwordRecipes()
{
    static const Catalog<SubwordRecipe> catalog(
        "tokenizer to learn", {
                                  {"wordpiece", learnWordPiece, bertPreTokenizer, bertNormalizer, Json()},
                                  {"bpe", learnBpe, byteLevel, lowercaseOnly,
                                   {{"before", Json::array()}, {"after", Json::array()}, {"trim_offsets", true}, {"add_prefix_space", true}}},
                                  {"unigram", learnUnigram, markedWords, lowercaseOnly, Json()},
                              });
    return catalog;
}

Result<Json> frameOf(const SubwordRecipe& recipe, const TokenizerSpec& spec)
{
    Json normalizers = Json::array();
    if (spec.normalization == "nfc" || spec.normalization == "nfkc")
        normalizers.push_back({{"type", spec.normalization == "nfc" ? "NFC" : "NFKC"}});
    else if (spec.normalization != "none")
        return Error{ErrorCode::InvalidArgument, "There is no normalization '" + spec.normalization + "'.", "Known: none, nfc, nfkc.", {}};
    if (Json last = recipe.lastNormalizer(spec.lowercase); !last.is_null())
        normalizers.push_back(std::move(last));
    return Json{{"kind", spec.kind},
                {"max_length", spec.maxLength},
                {"normalizer", {{"type", "Sequence"}, {"normalizers", std::move(normalizers)}}},
                {"pre_tokenizer", recipe.preTokenizer()},
                {"added_tokens", Json::array()},
                {"post_processor", recipe.postProcessor}};
}

Json cutterOf(Json frame)
{
    frame["kind"] = "wordlevel";
    frame["vocabulary"] = {"<pad>", "<unk>"};
    frame["model"] = {{"type", "WordLevel"}};
    return frame;
}

} // namespace espalier
