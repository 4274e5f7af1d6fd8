// SPDX-License-Identifier: Apache-2.0
// TokenSelection: a tokenizer with fewer tokens. What goes is spelt by what stays, so that text still divides: special tokens, the bytes or
// letters that frequent tokens are made of, and the parts from which merges build a token always stay beside it. A word or character that goes
// from a tokenizer of whole words becomes unknown.
#pragma once

#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

/// The tokens of a vocabulary in the order in which they are worth keeping. The first so many of it, but no fewer than required, make a
/// tokenizer.
struct TokenRanking {
    std::vector<std::int32_t> ids;   ///< all of them
    std::vector<std::int64_t> worth; ///< how often each was seen, or one that needs it; never rises behind the required ones
    std::size_t required = 0;        ///< so many must stay
};

/// @p counts: how often each id was seen in the text that matters. Equal counts keep the order of ids.
TokenRanking rankTokens(const Tokenizer& tokenizer, std::span<const std::int64_t> counts);

/// @p tokenizer with the tokens @p ids alone, which keep their order; a set of ids as TokenRanking describes it, ascending. Text that the kept tokens
/// made is divided as before.
Result<Tokenizer> withTokensOnly(const Tokenizer& tokenizer, std::span<const std::int32_t> ids);

} // namespace espalier
