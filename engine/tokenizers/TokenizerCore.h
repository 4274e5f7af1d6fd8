// SPDX-License-Identifier: Apache-2.0
// TokenizerCore: what stands behind a Tokenizer. Two kinds: words or characters looked up whole (WordTokenizer), and subwords
// (SubwordTokenizer). Private to the tokenizers.
#pragma once

#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

class TokenizerCore {
public:
    virtual ~TokenizerCore() = default;
    [[nodiscard]] virtual Json toJson() const = 0;
    [[nodiscard]] virtual const TokenizerSpec& spec() const = 0;
    [[nodiscard]] virtual const std::vector<std::string>& vocabulary() const = 0;
    [[nodiscard]] virtual std::span<const std::int32_t> fileIds() const { return {}; }
    [[nodiscard]] virtual std::string source() const { return {}; }
    /// Both replace what the vector holds.
    virtual void tokenize(std::string_view text, std::vector<Token>& tokens) const = 0;
    virtual void encode(std::string_view text, std::vector<std::int32_t>& ids) const = 0;
};

} // namespace espalier
