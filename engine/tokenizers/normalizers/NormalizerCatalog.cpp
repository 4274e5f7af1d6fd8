// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/PartReader.h"
#include "engine/tokenizers/normalizers/Normalizers.h"

namespace espalier {

const Catalog<NormalizerKind>& normalizerCatalog()
{
    static const Catalog<NormalizerKind> catalog("normalizer", {
                                                                   {"BertNormalizer", createBertNormalizer},
                                                                   {"NFC", createFormNormalizer},
                                                                   {"NFD", createFormNormalizer},
                                                                   {"NFKC", createFormNormalizer},
                                                                   {"NFKD", createFormNormalizer},
                                                                   {"Lowercase", createLowercase},
                                                                   {"StripAccents", createStripAccents},
                                                                   {"Strip", createStrip},
                                                                   {"Replace", createReplace},
                                                                   {"Prepend", createPrepend},
                                                                   {"Nmt", createNmt},
                                                                   {"Precompiled", createPrecompiled},
                                                                   {"Sequence", createNormalizerSequence},
                                                               });
    return catalog;
}

Result<NormalizerPtr> normalizerFromJson(const Json& json, const std::string& path)
{
    return partFromJson<NormalizerPtr>(normalizerCatalog(), json, path);
}

Json toJson(const NormalizerPtr& normalizer)
{
    return normalizer ? normalizer->toJson() : Json();
}

} // namespace espalier
