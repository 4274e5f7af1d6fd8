// SPDX-License-Identifier: Apache-2.0
// VocabularyImport: the ids of a foreign vocabulary, brought into the order that Espalier's models count on. Private to loading.
#pragma once

#include "engine/core/Json.h"

#include <map>
#include <string>
#include <vector>

namespace espalier {

class VocabularyImport {
public:
    /// The entries that the model makes: text and id in the file.
    void addModelToken(std::string text, std::int64_t fileId);
    /// A token beside the model's. Gets the id that the reference would give it: its own where the model knows it, else the next free.
    void addAddedToken(const std::string& text);
    /// What the file says about padding and unknown; an empty text: nothing.
    void setSpecial(std::string padding, std::string unknown);

    /// Puts everything in order. Afterwards the queries below answer.
    Result<void> finish();

    [[nodiscard]] bool has(const std::string& text) const { return m_fileIds.contains(text); }
    [[nodiscard]] std::int64_t idOf(const std::string& text) const { return m_ids.at(text); }
    /// The id of the file's id, or -1.
    [[nodiscard]] std::int64_t idOfFileId(std::int64_t fileId) const;
    [[nodiscard]] std::size_t size() const { return m_tokens.size(); }
    /// Writes the fields that SubwordVocabulary reads.
    void addTo(Json& json) const;

private:
    std::string choose(const std::string& named, const std::vector<std::string>& usual, const std::string& otherwise) const;

    std::map<std::string, std::int64_t> m_fileIds; ///< text -> id in the file
    std::map<std::string, bool> m_added;           ///< those outside the model
    std::size_t m_modelTokens = 0;
    std::int64_t m_highestAdded = -1;
    std::string m_padding;
    std::string m_unknown;

    std::vector<std::string> m_tokens;
    std::map<std::string, std::int64_t> m_ids;
    std::map<std::int64_t, std::int64_t> m_idOfFileId;
};

} // namespace espalier
