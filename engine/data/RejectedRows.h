// SPDX-License-Identifier: GPL-3.0-or-later
// RejectedRows: the rows that were set aside, each with file, line and reason, in sixteen bytes a row, since a file read the wrong
// way may be made of nothing else.
#pragma once

#include "engine/reports/RejectedRow.h"

#include <map>

namespace espalier {

class RejectedRows {
public:
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] bool empty() const { return m_rows.empty(); }
    [[nodiscard]] RejectedRow operator[](std::size_t index) const;
    [[nodiscard]] RejectedRow front() const { return (*this)[0]; }
    /// The first @p count of them, or all.
    [[nodiscard]] std::vector<RejectedRow> first(std::size_t count) const;
    void push_back(const RejectedRow& row);
    void append(const RejectedRows& others);

private:
    struct Row {
        std::int64_t line;
        std::uint32_t file;
        std::uint32_t reason;
    };
    std::uint32_t idOf(const std::string& text);

    std::vector<Row> m_rows;
    std::vector<std::string> m_texts; ///< files and reasons
    std::map<std::string, std::uint32_t> m_ids;
};

} // namespace espalier
