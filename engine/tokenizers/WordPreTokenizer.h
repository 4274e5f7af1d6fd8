// SPDX-License-Identifier: Apache-2.0
// Cuts a text into words for languages written with and without spaces. A run of letters, marks and digits is a word, and an
// apostrophe between two of them belongs to it (always written "'"); every ideograph, punctuation mark and symbol is a piece
// of its own, kana and Hangul form words like letters (so does BERT); white space and control characters separate. Invisible format
// characters and variation selectors are left out without separating.
#pragma once

#include "engine/tokenizers/PreTokenizer.h"

namespace espalier {

void wordPreTokenize(std::string_view text, const NormalizerOptions& options, PieceSink& sink);

} // namespace espalier
