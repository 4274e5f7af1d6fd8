// SPDX-License-Identifier: Apache-2.0
// Tokenizer: text to token ids, the same compiled code where a model is trained and on the device. Immutable after
// creation and safe to share between threads. Offsets are always bytes of the original text.
#pragma once

#include "engine/core/Json.h"
#include "engine/core/ParameterSpec.h"
#include "engine/core/Result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace espalier {

/// What a tokenizer does to text, without its vocabulary. What a subword tokenizer does stands in its JSON; of its spec the kind and
/// the greatest length say something.
struct TokenizerSpec {
    std::string kind = "word"; ///< a member of the tokenizer catalogue: "word", "character", "wordpiece"...
    std::string normalization = "nfkc"; ///< "none", "nfc", "nfkc"
    bool lowercase = true; ///< Unicode case folding; for subwords, lower case
    int maxLength = 128; ///< tokens kept of a sentence, 1 to Tokenizer::maxLengthLimit; the rest is cut
};

struct Token {
    std::int32_t id = 0;
    std::uint32_t begin = 0; ///< byte offset into the original text
    std::uint32_t end = 0;   ///< one past its last byte; equal to begin for a special token that is not in the text ([CLS])
};

class TokenizerCore;

class Tokenizer {
public:
    // The same for every tokenizer, so that models need not ask: a loaded vocabulary is put in this order, and fileIds() leads back.
    static constexpr std::int32_t padId = 0;     ///< "<pad>", or what the file calls it
    static constexpr std::int32_t unknownId = 1; ///< "<unk>"
    static constexpr int maxLengthLimit = 4096;

    /// A tokenizer of words or characters. @p vocabulary holds the text of each id; entries 0 and 1 must be "<pad>" and "<unk>", none may stand twice.
    static Result<Tokenizer> create(const TokenizerSpec& spec, std::vector<std::string> vocabulary);
    /// From what toJson() wrote, this or an earlier version. The JSON may come from anywhere: sizes and ids are checked.
    static Result<Tokenizer> fromJson(const Json& json);
    /// The same from JSON without its field "vocabulary", which is @p vocabulary.
    static Result<Tokenizer> fromJson(const Json& json, std::vector<std::string> vocabulary);
    [[nodiscard]] Json toJson() const;

    [[nodiscard]] const TokenizerSpec& spec() const;
    [[nodiscard]] const std::vector<std::string>& vocabulary() const;
    /// The name of the file that the tokenizer was loaded from; empty when it was learnt.
    [[nodiscard]] std::string source() const;
    /// Of each id, the id in the file that the vocabulary was loaded from; -1 for one that was added. Empty for words and characters.
    [[nodiscard]] std::span<const std::int32_t> fileIds() const;

    /// Every token of @p text, cut at maxLength; special tokens at the end stay. Bytes that are not UTF-8 become one unknown token each
    /// run; so does a word of more than 256 bytes. Subwords are read from the first MiB of a text. Offsets grow, and two tokens share
    /// theirs where both come from one character ("½", or an emoji in byte-level tokens).
    [[nodiscard]] std::vector<Token> tokenize(std::string_view text) const;
    /// Replaces @p ids by the token ids of @p text: at least one (an empty sentence is one "<unk>"), at most maxLength.
    void encode(std::string_view text, std::vector<std::int32_t>& ids) const;

private:
    explicit Tokenizer(std::shared_ptr<const TokenizerCore> core);
    static Result<Tokenizer> read(const Fields& fields, std::vector<std::string> vocabulary);
    std::shared_ptr<const TokenizerCore> m_core;
};

/// Learns a vocabulary of words or characters: counts the pieces of sentences, then keeps the frequent ones.
class VocabularyBuilder {
public:
    /// @p spec must name a kind of the catalogue.
    static Result<VocabularyBuilder> create(const TokenizerSpec& spec);
    VocabularyBuilder(VocabularyBuilder&&) noexcept;
    VocabularyBuilder& operator=(VocabularyBuilder&&) noexcept;
    ~VocabularyBuilder();

    void add(std::string_view sentence);
    /// "<pad>", "<unk>", then pieces seen at least @p minFrequency times, most frequent first (ties in byte order),
    /// at most @p maxSize entries in all (0: no limit).
    [[nodiscard]] std::vector<std::string> build(std::int64_t minFrequency, std::int64_t maxSize) const;

private:
    struct State;
    explicit VocabularyBuilder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace espalier
