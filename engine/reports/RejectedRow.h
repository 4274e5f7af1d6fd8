// SPDX-License-Identifier: GPL-3.0-or-later
// RejectedRow: a row of a data file that was set aside, and why. Nothing is dropped without one.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace espalier {

struct RejectedRow {
    std::string file;
    std::int64_t line = 0; ///< from 1, where the row begins
    std::string reason;    ///< English
    bool operator==(const RejectedRow&) const = default;
};

/// The first @p shown of @p rows.
Json rejectedToJson(const std::vector<RejectedRow>& rows, std::size_t shown);
/// The list that rejectedToJson() wrote; errors name the fields by @p path.
Result<std::vector<RejectedRow>> rejectedFromJson(const std::vector<const Json*>& rows, const std::string& path);

} // namespace espalier
