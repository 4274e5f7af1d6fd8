// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/TokenizerCatalog.h"

#include "engine/tokenizers/CharacterPreTokenizer.h"
#include "engine/tokenizers/WordPreTokenizer.h"

namespace espalier {

const Catalog<TokenizerKind>& tokenizerCatalog()
{
    static const Catalog<TokenizerKind> catalog("tokenizer", {
        {"word", "Words", "One token a word, ideograph or punctuation mark. For English and other spaced languages, and for Chinese.", wordPreTokenize, false},
        {"character", "Characters", "One token a visible character. For languages without spaces and for text with many misspellings.", characterPreTokenize, false},
        {"wordpiece", "WordPiece", "Frequent words whole, the rest in parts; what has no parts is unknown. What BERT reads.", nullptr, true},
        {"bpe", "Byte-level BPE", "Parts of words down to single bytes: nothing is ever unknown. What GPT-2 and RoBERTa read.", nullptr, true},
        {"unigram", "Unigram", "The likeliest division into parts, spaces included. For any language, without spaces too. What SentencePiece learns.", nullptr, true},
        {"wordlevel", "Word list", "Whole words of a tokenizer.json that holds nothing else.", nullptr, true},
    });
    return catalog;
}

} // namespace espalier
