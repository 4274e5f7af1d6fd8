// SPDX-License-Identifier: Apache-2.0
// SubwordModel: the third stage of a subword tokenizer. It divides one piece of text into tokens of the vocabulary. The members are
// listed in SubwordModelCatalog.cpp, under the names that tokenizer.json uses.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/tokenizers/SubwordVocabulary.h"

#include <memory>

namespace espalier {

/// A token of a piece.
struct SubToken {
    std::int32_t id = 0;
    std::uint32_t begin = 0; ///< bytes from the piece's begin
    std::uint32_t end = 0;
};

/// What the models work in, kept from piece to piece so that nothing is allocated.
struct ModelScratch {
    struct Symbol {
        std::int32_t id = 0;
        std::uint32_t begin = 0;
        std::uint32_t end = 0; ///< equal to begin: merged into the one before
        std::int32_t previous = -1;
        std::int32_t next = -1;
    };
    struct Candidate {
        std::uint32_t rank = 0;
        std::uint32_t position = 0;
        std::int32_t result = 0;
    };
    struct PathNode {
        double score = 0;
        std::int32_t id = -1;
        std::uint32_t begin = UINT32_MAX; ///< UINT32_MAX: no path ends here
    };
    std::vector<Symbol> symbols;
    std::vector<Candidate> heap;
    std::vector<PathNode> path;
    std::string text;
};

class SubwordModel {
public:
    virtual ~SubwordModel() = default;
    /// Appends the tokens of @p piece (valid UTF-8, not empty).
    virtual void tokenize(std::string_view piece, ModelScratch& scratch, std::vector<SubToken>& tokens) const = 0;
    /// What fromJson needs besides the vocabulary.
    [[nodiscard]] virtual Json toJson() const = 0;
};

using SubwordModelPtr = std::unique_ptr<const SubwordModel>;

struct SubwordModelKind {
    std::string id; ///< "type" in JSON
    /// @p vocabulary outlives the model.
    Result<SubwordModelPtr> (*create)(const Fields& fields, const SubwordVocabulary& vocabulary) = nullptr;
};

const Catalog<SubwordModelKind>& subwordModelCatalog();

Result<SubwordModelPtr> subwordModelFromJson(const Fields& fields, const SubwordVocabulary& vocabulary);

} // namespace espalier
