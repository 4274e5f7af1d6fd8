// SPDX-License-Identifier: Apache-2.0
// From Hugging Face's tokenizer.json to the form that Tokenizer::fromJson reads: ids in our order, one shape for every post-processor.
// Normalisers and pre-tokenisers pass as they are. Private to loading.
#pragma once

#include "engine/core/Json.h"
#include "engine/tokenizers/loading/VocabularyImport.h"

namespace espalier {

/// @p json is the content of a tokenizer.json. Unsupported names the field that asks for what there is not.
Result<Json> convertTokenizerJson(const Json& json, int maxLength);

/// The tokenizer.json that goes with BERT's list of tokens, one a line. @p name stands for the file in errors.
Result<Json> tokenizerJsonFromList(std::string_view text, const std::string& name, bool lowercase);
/// The one that goes with GPT-2's two files: @p vocabulary is the content of vocab.json, @p text of merges.txt.
Result<Json> tokenizerJsonFromMerges(Json vocabulary, std::string_view text, const std::string& name);

/// The canonical model of @p model ("WordPiece", "BPE", "Unigram", "WordLevel"), in two steps: its vocabulary, then, with ids in order, the rest.
Result<void> importModelVocabulary(const Fields& model, const std::string& type, VocabularyImport& vocabulary, std::string& unknown);
Result<Json> convertModel(const Fields& model, const std::string& type, const VocabularyImport& vocabulary);

/// @p json: a post_processor or null.
Result<Json> convertPostProcessor(const Json& json, const std::string& path, const VocabularyImport& vocabulary);

} // namespace espalier
