// SPDX-License-Identifier: Apache-2.0
// Words of a text whose words nobody has marked: what a tag is given to on a device. The same rule where a model is checked and where it runs.
#pragma once

#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

/// A word: its bytes in the text, and the token at which it begins, which speaks for it.
struct Word {
    std::uint32_t begin = 0;
    std::uint32_t end = 0; ///< one past the last byte
    std::uint32_t token = 0;
};

/// The words of @p text, whose tokens are @p tokens: what stands between white space, without the brackets, quotes and full stops at its ends, which are
/// words of their own, as is each ideograph, kana or hangul syllable that stands as a token alone.
std::vector<Word> wordsOf(std::string_view text, const std::vector<Token>& tokens);

} // namespace espalier
