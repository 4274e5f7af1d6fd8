// SPDX-License-Identifier: Apache-2.0
// Loads tokenizers that others made: Hugging Face's tokenizer.json, BERT's vocab.txt, GPT-2's vocab.json with merges.txt. What a file
// asks for and Espalier does not have is refused, with an error that names the file and the field; nothing is approximated.
#pragma once

#include "engine/tokenizers/Tokenizer.h"

#include <filesystem>

namespace espalier {

struct TokenizerFileOptions {
    int maxLength = 128;   ///< tokens kept of a sentence; a smaller limit in the file holds
    bool lowercase = true; ///< vocab.txt only, which does not say whether it is cased: lower case, and accents stripped
    std::filesystem::path merges = {}; ///< vocab.json only; empty: merges.txt in the same folder
};

/// Reads @p file, whatever of the three it is. Ids 0 and 1 are padding and unknown (added where the file has none), the others follow in
/// the file's order; Tokenizer::fileIds() leads back.
Result<Tokenizer> loadTokenizer(const std::filesystem::path& file, const TokenizerFileOptions& options = {});

/// The other files that loading @p file reads: merges.txt beside a vocab.json, otherwise none.
std::vector<std::filesystem::path> companionsOf(const std::filesystem::path& file);

} // namespace espalier
