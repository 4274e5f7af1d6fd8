// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/RejectedRow.h"

#include <algorithm>

namespace espalier {

Json rejectedToJson(const std::vector<RejectedRow>& rows, std::size_t shown)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(rows.size(), shown); ++i)
        list.push_back({{"file", rows[i].file}, {"line", rows[i].line}, {"reason", rows[i].reason}});
    return list;
}

Result<std::vector<RejectedRow>> rejectedFromJson(const std::vector<const Json*>& rows, const std::string& path)
{
    std::vector<RejectedRow> list;
    for (const Json* item : rows) {
        ESPALIER_TRY(const Fields fields, Fields::of(*item, path));
        RejectedRow& row = list.emplace_back();
        ESPALIER_TRY(row.file, fields.text("file"));
        ESPALIER_TRY(row.line, fields.integer("line"));
        ESPALIER_TRY(row.reason, fields.text("reason"));
    }
    return list;
}

} // namespace espalier
