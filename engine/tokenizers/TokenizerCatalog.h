// SPDX-License-Identifier: Apache-2.0
// The kinds of tokenizer there are.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/tokenizers/PreTokenizer.h"

#include <string>

namespace espalier {

struct TokenizerKind {
    std::string id;    ///< stable, in files
    std::string label; ///< English, for people
    std::string help;  ///< English: when to take it
    PreTokenize preTokenize = nullptr; ///< how words and characters are cut
    bool subword = false; ///< made of the parts in NormalizerCatalog, PreTokenizerCatalog and SubwordModelCatalog instead
};

const Catalog<TokenizerKind>& tokenizerCatalog();

} // namespace espalier
