// SPDX-License-Identifier: GPL-3.0-or-later
// Hashed n-gram linear model (Joulin et al., "Bag of Tricks for Efficient Text Classification", EACL 2017; known as fastText): the mean of the
// embeddings of all tokens and of all runs of 2 to `ngram_order` tokens, which share `ngram_buckets` rows by a hash; then one linear layer.
//
// Parameters: embedding.weight [V x E]; ngrams.weight [buckets x E] (absent when ngram_order is 1); output.weight [C x E], output.bias [C].
// Rows of n-grams start at zero, so those that no training sentence falls into cost a package next to nothing.
#pragma once

#include "engine/models/ModelCatalog.h"

namespace espalier {

ModelType ngramLinear();

} // namespace espalier
