// SPDX-License-Identifier: Apache-2.0
// The regular expressions by which published tokenizers cut text into words, as scanners written by hand: linear in the text, and
// no regular-expression engine on the device. An expression that is not one of these is refused, not approximated.
#pragma once

#include "engine/tokenizers/text/PreTokenized.h"

#include <optional>

namespace espalier {

enum class WordPattern {
    Gpt2,       ///< contractions, words, numbers, symbols, each with a space before it, and white space
    Llama3,     ///< the same in the form of tiktoken's cl100k: numbers in threes, line ends apart
    Qwen2,      ///< as Llama 3, each digit alone
    WhiteSpace, ///< \s+
};

/// The pattern with exactly this expression.
std::optional<WordPattern> wordPatternFromExpression(std::string_view expression);
std::string_view expressionOf(WordPattern pattern);

/// Fills @p matches with the matches of @p pattern in @p piece and what stands between them.
void findPattern(WordPattern pattern, std::string_view piece, std::vector<PatternMatch>& matches);

/// The end of the match of GPT-2's pattern that begins at @p at, which is inside @p text.
std::size_t gpt2WordEnd(std::string_view text, std::size_t at);

} // namespace espalier
