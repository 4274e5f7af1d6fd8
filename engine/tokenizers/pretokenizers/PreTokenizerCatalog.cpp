// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/pretokenizers/PreTokenizers.h"

namespace espalier {

const Catalog<PreTokenizerKind>& preTokenizerCatalog()
{
    static const Catalog<PreTokenizerKind> catalog("pre-tokenizer", {
                                                                        {"BertPreTokenizer", createBertPreTokenizer},
                                                                        {"Whitespace", createWhitespace},
                                                                        {"WhitespaceSplit", createWhitespaceSplit},
                                                                        {"Punctuation", createPunctuation},
                                                                        {"Digits", createDigits},
                                                                        {"CharDelimiterSplit", createCharDelimiterSplit},
                                                                        {"ByteLevel", createByteLevel},
                                                                        {"Metaspace", createMetaspace},
                                                                        {"Split", createSplit},
                                                                        {"Sequence", createPreTokenizerSequence},
                                                                    });
    return catalog;
}

Result<PreTokenizerPtr> preTokenizerFromJson(const Json& json, const std::string& path)
{
    return partFromJson<PreTokenizerPtr>(preTokenizerCatalog(), json, path);
}

Json toJson(const PreTokenizerPtr& preTokenizer)
{
    return preTokenizer ? preTokenizer->toJson() : Json();
}

} // namespace espalier
