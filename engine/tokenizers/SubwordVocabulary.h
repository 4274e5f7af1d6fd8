// SPDX-License-Identifier: Apache-2.0
// SubwordVocabulary: the texts of a subword tokenizer's ids. Models count on id 0 for padding and id 1 for what is unknown, so a loaded
// vocabulary is put in that order, and remembers which id each entry has in its file.
#pragma once

#include "engine/core/Json.h"
#include "engine/tokenizers/models/ByteTrie.h"

#include <span>
#include <string>
#include <vector>

namespace espalier {

class SubwordVocabulary {
public:
    static constexpr std::size_t maxEntryBytes = 1024;
    static constexpr std::int32_t notInFile = -1;

    SubwordVocabulary() = default;
    SubwordVocabulary(SubwordVocabulary&&) noexcept = default; ///< the trie refers to entries, which stay where they are
    SubwordVocabulary& operator=(SubwordVocabulary&&) noexcept = default;

    /// @p fileIds: of each token, notInFile for one that was added; empty: the same as the ids. @p outside: the ids that the model must
    /// not make (added tokens). InvalidFormat for an empty, overlong or repeated token, or an id out of range.
    static Result<SubwordVocabulary> create(std::vector<std::string> tokens, std::vector<std::int32_t> fileIds, const std::vector<std::int64_t>& outside);
    /// From the fields "file_ids" and "outside" that addTo() writes, and the tokens of "vocabulary".
    static Result<SubwordVocabulary> fromJson(const Fields& fields, std::vector<std::string> tokens);
    void addTo(Json& json) const;

    [[nodiscard]] const std::vector<std::string>& tokens() const { return m_tokens; }
    [[nodiscard]] std::span<const std::int32_t> fileIds() const { return m_fileIds; }
    [[nodiscard]] bool isInModel(std::int32_t id) const { return m_inModel[static_cast<std::size_t>(id)]; }
    /// The entries that the model may make.
    [[nodiscard]] const ByteTrie& trie() const { return m_trie; }

private:
    std::vector<std::string> m_tokens;
    std::vector<std::int32_t> m_fileIds;
    std::vector<bool> m_inModel;
    ByteTrie m_trie;
};

} // namespace espalier
