// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RowSearch.h"

#include "engine/data/TextKeys.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr std::int64_t largestPage = 200;

Result<void> checkRange(const RowQuery& query)
{
    if (query.limit < 1 || query.limit > largestPage)
        return Error{ErrorCode::InvalidArgument, "The field 'params.limit' is " + std::to_string(query.limit) + "; it must be 1 to 200.", {}, {}};
    if (query.offset < 0)
        return Error{ErrorCode::InvalidArgument, "The field 'params.offset' is " + std::to_string(query.offset) + "; it must be at least 0.", {}, {}};
    return {};
}

DataRow rowOf(const Example& example, std::size_t index)
{
    DataRow row{.row = static_cast<std::int64_t>(index), .text = example.text, .labels = example.labels};
    for (const TextSpan& word : example.words)
        row.words.emplace_back(word.begin, word.end);
    return row;
}

} // namespace

bool RowSearch::carries(const Example& example, const std::string& label) const
{
    const auto& labels = example.labels;
    return std::find(labels.begin(), labels.end(), m_task == Task::TokenTags ? "B-" + label : label) != labels.end();
}

Result<void> RowSearch::find(const RowQuery& query, const std::stop_token& stop)
{
    m_searched = false;
    m_matches.clear();
    const std::string key = normalizedKey(query.search);
    std::uint32_t index = 0;
    for (const Example& example : m_rows) {
        if (index % 1024 == 0 && stop.stop_requested())
            return cancelledError();
        if ((query.label.empty() || carries(example, query.label)) && (key.empty() || normalizedKey(example.text).find(key) != std::string::npos))
            m_matches.push_back(index);
        ++index;
    }
    m_search = query.search;
    m_label = query.label;
    m_searched = true;
    return {};
}

Result<RowsPage> RowSearch::page(const RowQuery& query, const std::stop_token& stop)
{
    ESPALIER_CHECK(checkRange(query));
    const bool all = query.search.empty() && query.label.empty();
    if (!all && !(m_searched && m_search == query.search && m_label == query.label))
        ESPALIER_CHECK(find(query, stop));
    const std::size_t count = all ? m_rows.size() : m_matches.size();
    RowsPage page{.total = static_cast<std::int64_t>(m_rows.size()), .matches = static_cast<std::int64_t>(count), .offset = query.offset};
    const auto begin = std::min(static_cast<std::size_t>(query.offset), count);
    const auto end = std::min(begin + static_cast<std::size_t>(query.limit), count);
    for (std::size_t i = begin; i < end; ++i) {
        const std::size_t row = all ? i : m_matches[i];
        page.rows.push_back(rowOf(m_rows[row], row));
    }
    return page;
}

} // namespace espalier
