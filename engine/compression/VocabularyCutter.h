// SPDX-License-Identifier: GPL-3.0-or-later
// VocabularyCutter: cuts a model's vocabulary to the tokens that its training part uses. Every token that goes takes its row of the embedding
// table along, and its mask; the layers above stay as they are. What it would do is known for every size before.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/reports/VocabularyReport.h"
#include "engine/tokenizers/TokenSelection.h"
#include "engine/training/Checkpoint.h"

namespace espalier {

struct VocabularyLimits {
    std::int64_t minFrequency = 1;  ///< tokens seen less often in the training part go
    std::int64_t maxVocabulary = 0; ///< tokens at most, the most frequent ones; 0: any number
};

class VocabularyCutter {
public:
    /// Counts the tokens of both parts. @p checkpoint must outlive the cutter. InvalidArgument: a model whose ids are more than rows (hashed
    /// n-grams); a training part without text. Cancelled.
    static Result<VocabularyCutter> create(const Checkpoint& checkpoint, const Splits& splits, const RunContext& context);

    [[nodiscard]] VocabularyProfile profile() const;
    /// InvalidArgument: no token but the required ones would be left, the limit is below those, or it is out of range.
    [[nodiscard]] Result<Checkpoint> cut(const VocabularyLimits& limits) const;

private:
    struct Counts {
        std::vector<std::int64_t> train;
        std::vector<std::int64_t> validation;
    };
    VocabularyCutter(const Checkpoint& checkpoint, Counts counts, TokenRanking ranking)
        : m_checkpoint(&checkpoint), m_counts(std::move(counts)), m_ranking(std::move(ranking))
    {
    }
    [[nodiscard]] Result<std::size_t> keptWithin(const VocabularyLimits& limits) const;

    const Checkpoint* m_checkpoint;
    Counts m_counts;
    TokenRanking m_ranking;
};

/// The share of the tokens of @p examples that @p tokenizer does not know, 0 to 1. Cancelled.
Result<double> unknownShare(const Tokenizer& tokenizer, const ExampleTable& examples, const RunContext& context);

} // namespace espalier
