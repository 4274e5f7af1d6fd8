// SPDX-License-Identifier: Apache-2.0
// PreTokenizerPart: the second stage of a subword tokenizer. It cuts a normalised text into pieces, and may rewrite them (bytes as
// letters, spaces as marks). The members are listed in PreTokenizerCatalog.cpp, under the names that tokenizer.json uses.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/Json.h"
#include "engine/tokenizers/text/PreTokenized.h"

#include <memory>

namespace espalier {

class PreTokenizerPart {
public:
    virtual ~PreTokenizerPart() = default;
    /// Cuts or rewrites the open pieces of @p work.
    virtual void apply(PreTokenized& work) const = 0;
    [[nodiscard]] virtual Json toJson() const = 0;
};

using PreTokenizerPtr = std::unique_ptr<const PreTokenizerPart>;

struct PreTokenizerKind {
    std::string id; ///< "type" in JSON
    Result<PreTokenizerPtr> (*create)(const Fields& fields) = nullptr;
};

const Catalog<PreTokenizerKind>& preTokenizerCatalog();

/// The part that @p json describes, or none for null. Unsupported for a type that the catalogue lacks; @p path names it in errors.
Result<PreTokenizerPtr> preTokenizerFromJson(const Json& json, const std::string& path);
Json toJson(const PreTokenizerPtr& preTokenizer);

} // namespace espalier
