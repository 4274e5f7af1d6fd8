// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/TokenizerCatalog.h"

#include "engine/tokenizers/CharacterPreTokenizer.h"
#include "engine/tokenizers/WordPreTokenizer.h"

namespace espalier {

const Catalog<TokenizerKind>& tokenizerCatalog()
{
    static const Catalog<TokenizerKind> catalog("tokenizer", {
        {"word", "Words", "One token a word, ideograph or punctuation mark. For English and other spaced languages, and for Chinese.", wordPreTokenize},
        {"character", "Characters", "One token a visible character. For languages without spaces and for text with many misspellings.", characterPreTokenize},
    });
    return catalog;
}

} // namespace espalier
