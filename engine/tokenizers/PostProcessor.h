// SPDX-License-Identifier: Apache-2.0
// PostProcessor: the last stage of a subword tokenizer. It puts special tokens before and after a sentence ([CLS] ... [SEP]) and, for
// byte-level tokens, leaves the space in front of a word out of its offsets.
#pragma once

#include "engine/core/Json.h"
#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

struct PostProcessor {
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    bool trimOffsets = false;
    bool addPrefixSpace = false; ///< the space in front of the first word was added, so its offsets do not hold one

    /// From what toJson() writes, or nothing at all for null; ids below @p vocabularySize.
    static Result<PostProcessor> fromJson(const Json& json, std::size_t vocabularySize);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] std::size_t specials() const { return before.size() + after.size(); }
    /// Completes the @p tokens of @p text.
    void apply(std::vector<Token>& tokens, const std::vector<std::string>& vocabulary, std::string_view text) const;
};

} // namespace espalier
