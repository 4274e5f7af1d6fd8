// SPDX-License-Identifier: GPL-3.0-or-later
// LengthCounter: lengths of many texts, gathered into quantiles and a histogram; and the length of one text.
#pragma once

#include "engine/reports/DatasetSummary.h"

#include <map>
#include <string_view>

namespace espalier {

class LengthCounter {
public:
    void add(std::int64_t length) { ++m_rows[length]; }
    [[nodiscard]] LengthSummary summary() const;

private:
    [[nodiscard]] std::int64_t quantile(double share, std::int64_t total) const;
    std::map<std::int64_t, std::int64_t> m_rows; ///< length -> rows
};

struct TextLength {
    std::int64_t characters = 0; ///< code points
    std::int64_t words = 0;      ///< see PartSummary
};
/// @p text is well-formed UTF-8.
TextLength lengthOf(std::string_view text);

} // namespace espalier
