// SPDX-License-Identifier: Apache-2.0
// A TokenizerSpec, checked and turned from names into what runs. Private to the tokenizers.
#pragma once

#include "engine/tokenizers/PreTokenizer.h"
#include "engine/tokenizers/Tokenizer.h"

namespace espalier {

struct ResolvedSpec {
    PreTokenize preTokenize = nullptr;
    NormalizerOptions normalizer;
};

/// NotFound for an unknown kind, InvalidArgument for an unknown normalisation or a length out of range.
Result<ResolvedSpec> resolveSpec(const TokenizerSpec& spec);

} // namespace espalier
