// SPDX-License-Identifier: Apache-2.0
// TokenizerLearner: learns a tokenizer of any kind that can be learnt from sentences. The same sentences in the same order give the same
// tokenizer, byte for byte.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

struct LearnerOptions {
    std::int64_t minFrequency = 1;  ///< words and characters seen less often become unknown; pairs seen less often are not merged
    std::int64_t maxVocabulary = 0; ///< entries at most. 0, for words and characters only: no limit
};

class TokenizerLearner {
public:
    static constexpr std::int64_t leastSubwords = 300; ///< room for the 256 bytes and something to learn

    /// @p spec names a kind of the catalogue other than "wordlevel"; for subwords its normalisation and lower case become parts.
    static Result<TokenizerLearner> create(const TokenizerSpec& spec, const LearnerOptions& options);
    TokenizerLearner(TokenizerLearner&&) noexcept;
    TokenizerLearner& operator=(TokenizerLearner&&) noexcept;
    ~TokenizerLearner();

    void add(std::string_view sentence);
    /// InvalidArgument when the sentences held nothing to learn from. Cancelled soon after @p context is.
    Result<Tokenizer> finish(const RunContext& context);

private:
    class Impl;
    class Words;
    class Subwords;
    explicit TokenizerLearner(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace espalier
