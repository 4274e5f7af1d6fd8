// SPDX-License-Identifier: Apache-2.0
// Normalizer: the first stage of a subword tokenizer. It rewrites a text (lower case, Unicode form, accents...) and keeps the
// way back to the original. The members are listed in NormalizerCatalog.cpp, under the names that tokenizer.json uses.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/Json.h"
#include "engine/tokenizers/text/PreTokenized.h"

#include <memory>

namespace espalier {

class Normalizer {
public:
    virtual ~Normalizer() = default;
    /// Rewrites @c work.text as a whole; its pieces are not looked at.
    virtual void apply(PreTokenized& work) const = 0;
    [[nodiscard]] virtual Json toJson() const = 0;
};

using NormalizerPtr = std::unique_ptr<const Normalizer>;

struct NormalizerKind {
    std::string id; ///< "type" in JSON
    Result<NormalizerPtr> (*create)(const Fields& fields) = nullptr;
};

const Catalog<NormalizerKind>& normalizerCatalog();

/// The part that @p json describes, or none for null. Unsupported for a type that the catalogue lacks; @p path names it in errors.
Result<NormalizerPtr> normalizerFromJson(const Json& json, const std::string& path);
Json toJson(const NormalizerPtr& normalizer);

} // namespace espalier
