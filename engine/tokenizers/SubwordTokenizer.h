// SPDX-License-Identifier: Apache-2.0
// SubwordTokenizer: normaliser, pre-tokeniser, model and post-processor in a row, with the added tokens that go round them. What a text
// becomes is what Hugging Face's tokenizers make of it with the same parts, id by id. Immutable; each call works in a
// workspace of its own, which are kept for later calls.
#pragma once

#include "engine/tokenizers/AddedTokens.h"
#include "engine/tokenizers/BertScanner.h"
#include "engine/tokenizers/PostProcessor.h"
#include "engine/tokenizers/PreTokenizerPart.h"
#include "engine/tokenizers/TokenizerCore.h"
#include "engine/tokenizers/WordCache.h"

#include <functional>
#include <mutex>
#include <optional>

namespace espalier {

class SubwordTokenizer final : public TokenizerCore {
public:
    /// Of a longer text the rest is not read.
    static constexpr std::size_t longestText = std::size_t{1} << 20;

    static Result<std::shared_ptr<const TokenizerCore>> fromJson(const Json& json);
    /// From the form that toJson() writes, whose vocabulary stands apart. Every size and id is checked.
    static Result<std::shared_ptr<const TokenizerCore>> read(const Fields& fields, std::vector<std::string> vocabulary);

    [[nodiscard]] Json toJson() const override;
    [[nodiscard]] const TokenizerSpec& spec() const override { return m_spec; }
    [[nodiscard]] const std::vector<std::string>& vocabulary() const override { return m_vocabulary.tokens(); }
    [[nodiscard]] std::span<const std::int32_t> fileIds() const override { return m_vocabulary.fileIds(); }
    [[nodiscard]] std::string source() const override { return m_source; }
    void tokenize(std::string_view text, std::vector<Token>& tokens) const override;
    void encode(std::string_view text, std::vector<std::int32_t>& ids) const override;

    /// The pieces that the model would be given, for learning a vocabulary.
    void pieces(std::string_view text, const std::function<void(std::string_view)>& use) const;

private:
    struct Workspace {
        PreTokenized work;
        ModelScratch scratch;
        std::vector<SubToken> sub;
        std::vector<TextPiece> added;
        std::vector<Token> tokens;
        WordCache cache;
        BertScanner::Memory kinds;
        std::string word;
    };
    /// Borrows a workspace for the length of a call.
    class Lease;

    SubwordTokenizer() = default;
    Result<void> readParts(const Fields& fields, std::vector<std::string> vocabulary);
    void run(std::string_view text, Workspace& space) const;
    void runValid(std::string_view text, std::uint32_t offset, Workspace& space) const;
    void runPlain(std::string_view text, std::uint32_t offset, Workspace& space) const;
    void runQuickly(std::string_view text, std::uint32_t offset, Workspace& space) const;
    void prepare(std::string_view text, std::uint32_t offset, Workspace& space) const;
    bool addTracked(const TextPiece& piece, Workspace& space) const;
    bool addPlain(std::string_view piece, std::uint32_t begin, Workspace& space) const;
    bool push(Token token, Workspace& space) const;

    TokenizerSpec m_spec;
    std::string m_source;
    SubwordVocabulary m_vocabulary;
    NormalizerPtr m_normalizer;
    PreTokenizerPtr m_preTokenizer;
    SubwordModelPtr m_model;
    AddedTokens m_added;
    PostProcessor m_post;
    std::optional<BertScanner> m_scanner; ///< where the quick path serves
    std::size_t m_room = 0;               ///< tokens of a sentence besides the special ones

    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<Workspace>> m_spares;
};

} // namespace espalier
