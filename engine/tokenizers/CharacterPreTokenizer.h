// SPDX-License-Identifier: Apache-2.0
// Cuts a text into what readers see as single characters (extended grapheme clusters, UAX 29): a letter with its marks, a
// Hangul syllable, a family emoji. A run of white space and control characters between two of them is one piece " "; at the start
// and the end of the text it is dropped.
#pragma once

#include "engine/tokenizers/PreTokenizer.h"

namespace espalier {

void characterPreTokenize(std::string_view text, const NormalizerOptions& options, PieceSink& sink);

} // namespace espalier
