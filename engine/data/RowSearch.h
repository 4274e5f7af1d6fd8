// SPDX-License-Identifier: GPL-3.0-or-later
// RowSearch: pages through the rows of a part that hold a text and carry a label. It keeps the last search's matches, so that
// scrolling costs only the page.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/reports/DatasetSummary.h"

#include <stop_token>

namespace espalier {

struct RowQuery {
    std::string search = {}; ///< rows whose text holds it, whatever the case; empty: all
    std::string label = {};  ///< rows that carry it (token tags: a word tagged B-label); empty: all
    std::int64_t offset = 0;
    std::int64_t limit = 100; ///< at most 200
};

class RowSearch {
public:
    RowSearch(ExampleTable rows, Task task) : m_rows(std::move(rows)), m_task(task) {}

    /// Errors: offset or limit out of range, cancelled.
    Result<RowsPage> page(const RowQuery& query, const std::stop_token& stop);

private:
    Result<void> find(const RowQuery& query, const std::stop_token& stop);
    [[nodiscard]] bool carries(const Example& example, const std::string& label) const;

    ExampleTable m_rows;
    Task m_task;
    bool m_searched = false;
    std::string m_search = {};
    std::string m_label = {};
    std::vector<std::uint32_t> m_matches = {};
};

} // namespace espalier
