// SPDX-License-Identifier: Apache-2.0
// What learning a subword vocabulary has in common: counted pieces in, a vocabulary and the model's part of a tokenizer's JSON out.
// Private to the learners.
#pragma once

#include "engine/core/Json.h"
#include "engine/core/RunContext.h"

#include <string>
#include <vector>

namespace espalier {

struct CountedPiece {
    std::string text; ///< valid UTF-8, not empty
    std::int64_t count = 0;
};

struct SubwordOptions {
    std::int64_t minFrequency = 1;
    std::size_t vocabulary = 8000; ///< entries, padding and unknown among them
};

struct LearntSubwords {
    std::vector<std::string> vocabulary; ///< "<pad>" and "<unk>" first
    std::vector<std::int64_t> outside;   ///< ids that the model must not make
    Json model;
};

/// Byte-pair encoding (Sennrich et al. 2016): joins the pair that is seen most often, again and again; of equally frequent ones that of
/// the older symbols. @p pieces are spelt in the alphabet of bytes, all of which becomes part of the vocabulary.
Result<LearntSubwords> learnBpe(const std::vector<CountedPiece>& pieces, const SubwordOptions& options, const RunContext& context);

/// WordPiece, learnt as Hugging Face's trainer does: the same joining, over characters, those inside a word marked by "##".
Result<LearntSubwords> learnWordPiece(const std::vector<CountedPiece>& pieces, const SubwordOptions& options, const RunContext& context);

/// The unigram language model (Kudo 2018): from many frequent strings, expectation maximisation and pruning of what costs least likelihood.
Result<LearntSubwords> learnUnigram(const std::vector<CountedPiece>& pieces, const SubwordOptions& options, const RunContext& context);

} // namespace espalier
