// SPDX-License-Identifier: Apache-2.0
// WordTokenizer: looks up whole pieces, words or characters, in a vocabulary. A piece that is not there is unknown.
#pragma once

#include "engine/tokenizers/SpecCheck.h"
#include "engine/tokenizers/TokenizerCore.h"

#include <unordered_map>

namespace espalier {

class WordTokenizer final : public TokenizerCore {
public:
    static Result<std::shared_ptr<const TokenizerCore>> create(const TokenizerSpec& spec, std::vector<std::string> vocabulary);
    static Result<std::shared_ptr<const TokenizerCore>> read(const Fields& fields, std::vector<std::string> vocabulary);

    [[nodiscard]] Json toJson() const override;
    [[nodiscard]] const TokenizerSpec& spec() const override { return m_spec; }
    [[nodiscard]] const std::vector<std::string>& vocabulary() const override { return m_vocabulary; }
    void tokenize(std::string_view text, std::vector<Token>& tokens) const override;
    void encode(std::string_view text, std::vector<std::int32_t>& ids) const override;

private:
    WordTokenizer() = default;
    [[nodiscard]] std::int32_t idOf(std::string_view piece) const;

    TokenizerSpec m_spec;
    ResolvedSpec m_resolved;
    std::vector<std::string> m_vocabulary;
    std::unordered_map<std::string_view, std::int32_t> m_ids; ///< views of m_vocabulary
};

} // namespace espalier
