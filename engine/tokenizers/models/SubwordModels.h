// SPDX-License-Identifier: Apache-2.0
// The creators of the subword models; SubwordModelCatalog.cpp lists them. Each reads its own fields, in which tokens are ids, and
// fails with an error that names the field.
#pragma once

#include "engine/tokenizers/SubwordModel.h"

namespace espalier {

/// Longest match first (Schuster and Nakajima 2012; Devlin et al. 2019).
Result<SubwordModelPtr> createWordPiece(const Fields& fields, const SubwordVocabulary& vocabulary);
/// The whole piece or nothing.
Result<SubwordModelPtr> createWordLevel(const Fields& fields, const SubwordVocabulary& vocabulary);
/// Merges pairs in the order in which they were learnt (Sennrich et al. 2016).
Result<SubwordModelPtr> createBpe(const Fields& fields, const SubwordVocabulary& vocabulary);
/// The likeliest division by the tokens' probabilities (Kudo 2018).
Result<SubwordModelPtr> createUnigram(const Fields& fields, const SubwordVocabulary& vocabulary);

/// "<0x00>" to "<0xFF>" as ids: by what models with byte fallback write an unknown character; -1 where the vocabulary lacks one.
std::vector<std::int32_t> byteTokens(const SubwordVocabulary& vocabulary);

} // namespace espalier
