// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/loading/VocabularyImport.h"

#include <algorithm>

namespace espalier {

void VocabularyImport::addModelToken(std::string text, std::int64_t fileId)
{
    m_fileIds[std::move(text)] = fileId; // of a text that stands twice the later id counts, as in the reference
    m_modelTokens = m_fileIds.size();
}

void VocabularyImport::addAddedToken(const std::string& text)
{
    const auto size = static_cast<std::int64_t>(m_modelTokens);
    if (!m_fileIds.contains(text)) {
        const bool follows = m_highestAdded >= size || (size == 0 && m_highestAdded >= 0);
        m_fileIds[text] = follows ? m_highestAdded + 1 : size;
        m_added[text] = true;
    }
    m_highestAdded = std::max(m_highestAdded, m_fileIds[text]);
}

void VocabularyImport::setSpecial(std::string padding, std::string unknown)
{
    m_padding = std::move(padding);
    m_unknown = std::move(unknown);
}

/// The token named by the file, or the first usual one that the vocabulary has, or a text that it lacks.
std::string VocabularyImport::choose(const std::string& named, const std::vector<std::string>& usual, const std::string& otherwise) const
{
    if (!named.empty() && has(named))
        return named;
    for (const std::string& text : usual)
        if (has(text))
            return text;
    std::string text = otherwise;
    while (has(text))
        text += "'";
    return text;
}

Result<void> VocabularyImport::finish()
{
    for (const auto& [text, id] : m_fileIds)
        if (id < 0 || id >= INT32_MAX)
            return Error{ErrorCode::InvalidFormat, "The token '" + text + "' has the id " + std::to_string(id) + ", which is out of range.", {}, {}};
    const std::string unknown = choose(m_unknown, {"[UNK]", "<unk>"}, "<unk>");
    std::string padding = choose(m_padding, {"[PAD]", "<pad>", "<|pad|>"}, "<pad>");
    if (padding == unknown) // a padded place must not look like an unknown word
        padding = choose({}, {}, "<pad>");
    std::vector<std::pair<std::int64_t, std::string>> order;
    for (const auto& [text, id] : m_fileIds)
        if (text != padding && text != unknown && !text.empty())
            order.emplace_back(id, text);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    m_tokens = {padding, unknown};
    for (auto& [id, text] : order)
        m_tokens.push_back(std::move(text));
    for (std::size_t id = 0; id < m_tokens.size(); ++id) {
        m_ids[m_tokens[id]] = static_cast<std::int64_t>(id);
        if (const auto it = m_fileIds.find(m_tokens[id]); it != m_fileIds.end())
            m_idOfFileId.emplace(it->second, static_cast<std::int64_t>(id));
    }
    return {};
}

std::int64_t VocabularyImport::idOfFileId(std::int64_t fileId) const
{
    const auto it = m_idOfFileId.find(fileId);
    return it == m_idOfFileId.end() ? -1 : it->second;
}

void VocabularyImport::addTo(Json& json) const
{
    Json runs = Json::array();
    Json outside = Json::array();
    for (std::size_t id = 0; id < m_tokens.size(); ++id) {
        const auto it = m_fileIds.find(m_tokens[id]);
        runs.push_back({id, it == m_fileIds.end() ? -1 : it->second});
        if (it == m_fileIds.end() || m_added.contains(m_tokens[id]))
            outside.push_back(id);
    }
    json["vocabulary"] = m_tokens;
    json["file_ids"] = std::move(runs);
    json["outside"] = std::move(outside);
}

} // namespace espalier
