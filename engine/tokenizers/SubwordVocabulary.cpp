// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/SubwordVocabulary.h"

#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace espalier {
namespace {

Error badVocabulary(std::string why)
{
    return {ErrorCode::InvalidFormat, "The tokenizer's vocabulary cannot be used: " + std::move(why) + ".", {}, {}};
}

Result<void> checkTokens(const std::vector<std::string>& tokens)
{
    if (tokens.size() < 2 || tokens.size() > static_cast<std::size_t>(INT32_MAX))
        return badVocabulary("it must have 2 to 2^31 - 1 entries, the first two for padding and for what is unknown");
    for (std::size_t id = 0; id < tokens.size(); ++id) {
        const std::string& token = tokens[id];
        if (token.empty() || token.size() > SubwordVocabulary::maxEntryBytes)
            return badVocabulary("entry " + std::to_string(id) + (token.empty() ? " is empty" : " is longer than 1,024 bytes"));
        if (unicode::validPrefix(token) != token.size())
            return badVocabulary("entry " + std::to_string(id) + " is not UTF-8");
    }
    return {};
}

using Entry = std::pair<std::string_view, std::int32_t>;

/// In the order of bytes. In a package they are so but for the first few.
void sortEntries(std::vector<Entry>& entries)
{
    const auto from = std::is_sorted_until(entries.rbegin(), entries.rend(), std::greater<>()).base();
    std::sort(entries.begin(), from);
    std::inplace_merge(entries.begin(), from, entries.end());
}

/// The tokens in order, and where they came from. An error where one stands twice.
Result<std::vector<Entry>> sortedEntries(const std::vector<std::string>& tokens)
{
    std::vector<Entry> entries;
    entries.reserve(tokens.size());
    for (const std::string& token : tokens)
        entries.emplace_back(token, static_cast<std::int32_t>(entries.size()));
    sortEntries(entries);
    const auto twice = std::adjacent_find(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.first == b.first; });
    if (twice != entries.end())
        return badVocabulary("'" + std::string(twice->first) + "' stands twice");
    return entries;
}

/// Ids that follow one another in both orders are one pair of numbers: where they begin.
Json runsOf(std::span<const std::int32_t> fileIds)
{
    Json runs = Json::array();
    for (std::size_t id = 0; id < fileIds.size(); ++id) {
        const bool goesOn = id > 0 && fileIds[id - 1] != SubwordVocabulary::notInFile && fileIds[id] == fileIds[id - 1] + 1;
        if (!goesOn)
            runs.push_back({id, fileIds[id]});
    }
    return runs;
}

Result<std::vector<std::int32_t>> fileIdsFromRuns(const Json& runs, std::size_t size)
{
    const auto bad = [] { return badVocabulary("its file_ids are not a list of [id, id in the file]"); };
    std::vector<std::int32_t> ids(size, SubwordVocabulary::notInFile);
    if (!runs.is_array())
        return bad();
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto numberOf = [&](const Json& value) { return value.is_number_integer() ? value.get<std::int64_t>() : INT64_MIN; };
        if (!runs[i].is_array() || runs[i].size() != 2)
            return bad();
        const std::int64_t begin = numberOf(runs[i][0]);
        const std::int64_t first = numberOf(runs[i][1]);
        const std::int64_t end = i + 1 < runs.size() && runs[i + 1].is_array() && !runs[i + 1].empty() ? numberOf(runs[i + 1][0]) : static_cast<std::int64_t>(size);
        if (begin < 0 || end < begin || end > static_cast<std::int64_t>(size) || first < SubwordVocabulary::notInFile || first > INT32_MAX - (end - begin))
            return bad();
        for (std::int64_t id = begin; id < end; ++id)
            ids[static_cast<std::size_t>(id)] = static_cast<std::int32_t>(first == SubwordVocabulary::notInFile ? first : first + id - begin);
    }
    return ids;
}

} // namespace

Result<SubwordVocabulary> SubwordVocabulary::create(std::vector<std::string> tokens, std::vector<std::int32_t> fileIds,
                                                    const std::vector<std::int64_t>& outside)
{
    ESPALIER_CHECK(checkTokens(tokens));
    SubwordVocabulary vocabulary;
    vocabulary.m_tokens = std::move(tokens);
    vocabulary.m_fileIds = std::move(fileIds);
    if (vocabulary.m_fileIds.empty()) {
        vocabulary.m_fileIds.resize(vocabulary.m_tokens.size());
        std::iota(vocabulary.m_fileIds.begin(), vocabulary.m_fileIds.end(), 0);
    }
    vocabulary.m_inModel.assign(vocabulary.m_tokens.size(), true);
    for (const std::int64_t id : outside) {
        if (id < 0 || id >= static_cast<std::int64_t>(vocabulary.m_tokens.size()))
            return badVocabulary("the id " + std::to_string(id) + " in 'outside' is beyond its end");
        vocabulary.m_inModel[static_cast<std::size_t>(id)] = false;
    }
    ESPALIER_TRY(auto entries, sortedEntries(vocabulary.m_tokens));
    std::erase_if(entries, [&](const Entry& entry) { return !vocabulary.m_inModel[static_cast<std::size_t>(entry.second)]; });
    vocabulary.m_trie = ByteTrie(std::move(entries));
    return vocabulary;
}

Result<SubwordVocabulary> SubwordVocabulary::fromJson(const Fields& fields, std::vector<std::string> tokens)
{
    std::vector<std::int32_t> fileIds;
    if (fields.has("file_ids")) {
        ESPALIER_TRY(fileIds, fileIdsFromRuns(fields.value("file_ids"), tokens.size()));
    }
    std::vector<std::int64_t> outside;
    if (fields.has("outside")) {
        ESPALIER_TRY(outside, fields.integers("outside"));
    }
    return create(std::move(tokens), std::move(fileIds), outside);
}

void SubwordVocabulary::addTo(Json& json) const
{
    json["vocabulary"] = m_tokens;
    json["file_ids"] = runsOf(m_fileIds);
    Json outside = Json::array();
    for (std::size_t id = 0; id < m_inModel.size(); ++id)
        if (!m_inModel[id])
            outside.push_back(id);
    json["outside"] = std::move(outside);
}

} // namespace espalier
