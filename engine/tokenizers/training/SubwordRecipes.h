// SPDX-License-Identifier: Apache-2.0
// The kinds of subword tokenizers that can be learnt here: which parts they are made of and what learns their vocabulary. Private to the
// learners.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/tokenizers/Tokenizer.h"
#include "engine/tokenizers/training/SubwordLearners.h"

namespace espalier {

struct SubwordRecipe {
    std::string id; ///< of the tokenizer's kind
    Result<LearntSubwords> (*learn)(const std::vector<CountedPiece>&, const SubwordOptions&, const RunContext&) = nullptr;
    Json (*preTokenizer)() = nullptr;
    Json (*lastNormalizer)(bool lowercase) = nullptr; ///< after the Unicode form; null for none
    Json postProcessor;
};

const Catalog<SubwordRecipe>& subwordRecipes();

/// A tokenizer's JSON without vocabulary and model. InvalidArgument for an unknown normalisation.
Result<Json> frameOf(const SubwordRecipe& recipe, const TokenizerSpec& spec);
/// The same with a model that takes every piece whole: it cuts text as the learnt tokenizer will.
Json cutterOf(Json frame);

} // namespace espalier
