// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/models/SubwordModels.h"

namespace espalier {

const Catalog<SubwordModelKind>& subwordModelCatalog()
{
    static const Catalog<SubwordModelKind> catalog("subword model", {
                                                                        {"WordPiece", createWordPiece},
                                                                        {"BPE", createBpe},
                                                                        {"Unigram", createUnigram},
                                                                        {"WordLevel", createWordLevel},
                                                                    });
    return catalog;
}

Result<SubwordModelPtr> subwordModelFromJson(const Fields& fields, const SubwordVocabulary& vocabulary)
{
    ESPALIER_TRY(const std::string type, fields.text("type"));
    ESPALIER_TRY(const SubwordModelKind* kind, subwordModelCatalog().get(type));
    return kind->create(fields, vocabulary);
}

std::vector<std::int32_t> byteTokens(const SubwordVocabulary& vocabulary)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::vector<std::int32_t> ids;
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const char name[] = {'<', '0', 'x', digits[byte >> 4], digits[byte & 15], '>'};
        ids.push_back(vocabulary.trie().find({name, sizeof name}));
    }
    return ids;
}

} // namespace espalier
