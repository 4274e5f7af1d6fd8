// SPDX-License-Identifier: GPL-3.0-or-later
// Static word vectors as initial embeddings: the text formats of GloVe (Pennington, Socher and Manning 2014: a word and its numbers a line) and of
// fastText and word2vec (the same after a first line with the number of words and of numbers).
#pragma once

#include "engine/core/RunContext.h"
#include "engine/models/Weights.h"

namespace espalier {

struct WordVectors {
    Tensor embedding;      ///< [vocabulary x dimension]; a row of zeros for the padding
    std::size_t found = 0; ///< words of the vocabulary that the file has
};

/// Reads the rows of @p vocabulary's words from @p file, line by line; the rest of the file may be as long as it likes. Words that it lacks get normal numbers of
/// the file's own spread, drawn from context.seed. Says in context's log how many were found. Errors: no file; a line with another number of
/// numbers than @p dimension, or with something else, which they name; none of the words found; Cancelled.
Result<WordVectors> loadWordVectors(const std::filesystem::path& file, const std::vector<std::string>& vocabulary, std::int64_t dimension, const RunContext& context);

} // namespace espalier
