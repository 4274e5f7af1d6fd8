// SPDX-License-Identifier: Apache-2.0
// The creators of the normalisers, one pair of files a part; NormalizerCatalog.cpp lists them. Each reads the fields that
// tokenizer.json gives its type and fails with an error that names the field.
#pragma once

#include "engine/tokenizers/Normalizer.h"

namespace espalier {

/// What BERT does: clean up, set ideographs apart, strip accents, lower case.
struct BertOptions {
    bool cleanText = true;
    bool separateIdeographs = true;
    bool stripAccents = true;
    bool lowercase = true;
};

Result<NormalizerPtr> createBertNormalizer(const Fields& fields);
Result<NormalizerPtr> createFormNormalizer(const Fields& fields);
Result<NormalizerPtr> createLowercase(const Fields& fields);
Result<NormalizerPtr> createStripAccents(const Fields& fields);
Result<NormalizerPtr> createStrip(const Fields& fields);
Result<NormalizerPtr> createReplace(const Fields& fields);
Result<NormalizerPtr> createPrepend(const Fields& fields);
Result<NormalizerPtr> createNmt(const Fields& fields);
Result<NormalizerPtr> createPrecompiled(const Fields& fields);
Result<NormalizerPtr> createNormalizerSequence(const Fields& fields);

void lowercaseText(PreTokenized& work);

/// Copies @c work.text without the characters for which @p keep is false, as the reference's filter does.
template <typename Keep>
void filterText(PreTokenized& work, Keep keep)
{
    work.units.clear();
    std::size_t leading = 0;
    unicode::forEach(work.text.view(), [&](std::int32_t codePoint, std::size_t) {
        if (keep(codePoint))
            work.units.push_back({codePoint, 0, 0});
        else if (work.units.empty())
            ++leading;
        else
            --work.units.back().change;
    });
    work.spare.clear();
    Rewrite rewrite(work.text, work.spare);
    rewrite.skip(leading);
    for (const auto& unit : work.units)
        rewrite.put(unit.codePoint, unit.change);
    work.text.swap(work.spare);
}

/// Rewrites @c work.text by @p put(Rewrite&, std::int32_t codePoint), which is called with each character.
template <typename Put>
void mapText(PreTokenized& work, Put put)
{
    work.spare.clear();
    Rewrite rewrite(work.text, work.spare);
    unicode::forEach(work.text.view(), [&](std::int32_t codePoint, std::size_t) { put(rewrite, codePoint); });
    work.text.swap(work.spare);
}

} // namespace espalier
