// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/Spans.h"

namespace espalier {

Json spansToJson(const ByteSpans& spans)
{
    Json list = Json::array();
    for (const auto& [begin, end] : spans)
        list.push_back(Json::array({begin, end}));
    return list;
}

Result<ByteSpans> spansFromJson(const Fields& fields, std::string_view name)
{
    ESPALIER_TRY(const auto items, fields.array(name));
    ByteSpans spans;
    for (const Json* item : items) {
        const bool pair = item->is_array() && item->size() == 2 && item->at(0).is_number_unsigned() && item->at(1).is_number_unsigned();
        const auto begin = pair ? item->at(0).get<std::uint64_t>() : 1;
        const auto end = pair ? item->at(1).get<std::uint64_t>() : 0;
        if (begin > end || end > UINT32_MAX)
            return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "." + std::string(name) + "' must be a list of pairs of byte positions.", {}, {}};
        spans.emplace_back(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
    }
    return spans;
}

} // namespace espalier
