// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/SpecCheck.h"

#include "engine/tokenizers/TokenizerCatalog.h"

namespace espalier {

Result<ResolvedSpec> resolveSpec(const TokenizerSpec& spec)
{
    ResolvedSpec resolved;
    ESPALIER_TRY(const TokenizerKind* kind, tokenizerCatalog().get(spec.kind));
    if (kind->subword)
        return Error{ErrorCode::InvalidArgument, "A tokenizer of kind '" + spec.kind + "' is not made from a list of words.", "Learn it, or load it from a file.", {}};
    resolved.preTokenize = kind->preTokenize;
    if (spec.normalization != "none" && spec.normalization != "nfc" && spec.normalization != "nfkc")
        return Error{ErrorCode::InvalidArgument, "There is no normalization '" + spec.normalization + "'.", "Known: none, nfc, nfkc.", {}};
    resolved.normalizer = {spec.normalization != "none", spec.normalization == "nfkc", spec.lowercase};
    if (spec.maxLength < 1 || spec.maxLength > Tokenizer::maxLengthLimit)
        return Error{ErrorCode::InvalidArgument,
                     "A tokenizer's greatest length must be 1 to " + std::to_string(Tokenizer::maxLengthLimit) + " tokens.", {}, {}};
    return resolved;
}

} // namespace espalier
