// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/LengthCounter.h"

#include "engine/data/Scripts.h"
#include "engine/data/Utf8.h"

#include <algorithm>

namespace espalier {
namespace {
constexpr std::int64_t bins = 40;
}

/// The least length that at least @p share of the rows do not exceed.
std::int64_t LengthCounter::quantile(double share, std::int64_t total) const
{
    std::int64_t seen = 0;
    for (const auto& [length, rows] : m_rows) {
        seen += rows;
        if (static_cast<double>(seen) >= share * static_cast<double>(total))
            return length;
    }
    return 0;
}

LengthSummary LengthCounter::summary() const
{
    LengthSummary summary;
    std::int64_t total = 0;
    double sum = 0;
    for (const auto& [length, rows] : m_rows) {
        total += rows;
        sum += static_cast<double>(length) * static_cast<double>(rows);
    }
    if (total == 0)
        return summary;
    summary.mean = sum / static_cast<double>(total);
    summary.median = quantile(0.5, total);
    summary.p95 = quantile(0.95, total);
    summary.longest = m_rows.rbegin()->first;
    const std::int64_t shown = quantile(0.99, total);
    summary.binWidth = shown / bins + 1;
    summary.counts.assign(static_cast<std::size_t>(shown / summary.binWidth) + 1, 0);
    for (const auto& [length, rows] : m_rows)
        summary.counts[static_cast<std::size_t>(std::min(length, shown) / summary.binWidth)] += rows;
    return summary;
}

TextLength lengthOf(std::string_view text)
{
    TextLength length;
    bool inWord = false;
    while (!text.empty()) {
        const char32_t codePoint = takeCodePoint(text);
        ++length.characters;
        const bool alone = writtenWithoutSpaces(codePoint);
        const bool part = !alone && !isSpace(codePoint);
        length.words += alone || (part && !inWord);
        inWord = part;
    }
    return length;
}

} // namespace espalier
