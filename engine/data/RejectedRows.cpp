// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RejectedRows.h"

#include <algorithm>

namespace espalier {

RejectedRow RejectedRows::operator[](std::size_t index) const
{
    const Row& row = m_rows[index];
    return {m_texts[row.file], row.line, m_texts[row.reason]};
}

std::vector<RejectedRow> RejectedRows::first(std::size_t count) const
{
    std::vector<RejectedRow> rows;
    for (std::size_t i = 0; i < std::min(count, size()); ++i)
        rows.push_back((*this)[i]);
    return rows;
}

std::uint32_t RejectedRows::idOf(const std::string& text)
{
    const auto [it, fresh] = m_ids.try_emplace(text, static_cast<std::uint32_t>(m_texts.size()));
    if (fresh)
        m_texts.push_back(text);
    return it->second;
}

void RejectedRows::push_back(const RejectedRow& row)
{
    const std::uint32_t file = idOf(row.file);
    m_rows.push_back({row.line, file, idOf(row.reason)});
}

void RejectedRows::append(const RejectedRows& others)
{
    for (std::size_t i = 0; i < others.size(); ++i)
        push_back(others[i]);
}

} // namespace espalier
