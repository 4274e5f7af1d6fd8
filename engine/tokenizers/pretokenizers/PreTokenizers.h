// SPDX-License-Identifier: Apache-2.0
// The creators of the pre-tokenisers; PreTokenizerCatalog.cpp lists them. Each reads the fields that tokenizer.json gives its
// type and fails with an error that names the field.
#pragma once

#include "engine/tokenizers/PreTokenizerPart.h"

namespace espalier {

Result<PreTokenizerPtr> createBertPreTokenizer(const Fields& fields);
Result<PreTokenizerPtr> createWhitespace(const Fields& fields);
Result<PreTokenizerPtr> createWhitespaceSplit(const Fields& fields);
Result<PreTokenizerPtr> createPunctuation(const Fields& fields);
Result<PreTokenizerPtr> createDigits(const Fields& fields);
Result<PreTokenizerPtr> createCharDelimiterSplit(const Fields& fields);
Result<PreTokenizerPtr> createByteLevel(const Fields& fields);
Result<PreTokenizerPtr> createMetaspace(const Fields& fields);
Result<PreTokenizerPtr> createSplit(const Fields& fields);
Result<PreTokenizerPtr> createPreTokenizerSequence(const Fields& fields);

} // namespace espalier
