// SPDX-License-Identifier: Apache-2.0
#include "engine/tokenizers/training/SeedPieces.h"

#include "engine/tokenizers/unicode/Utf8.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace espalier {
namespace {

constexpr std::size_t longest = 16; // characters
constexpr std::int64_t leastCount = 2;

/// A piece with the offset of each of its characters, and which of them begin a frequent string of the length under way.
struct Row {
    std::string_view text;
    std::int64_t count = 0;
    std::vector<std::uint32_t> offsets; ///< one more at the end
    std::vector<bool> frequent;

    [[nodiscard]] std::size_t characters() const { return offsets.size() - 1; }
    [[nodiscard]] std::string_view at(std::size_t begin, std::size_t length) const
    {
        return text.substr(offsets[begin], offsets[begin + length] - offsets[begin]);
    }
    [[nodiscard]] bool mayBeFrequent(std::size_t begin, std::size_t length) const
    {
        return begin + length <= characters() && frequent[begin] && frequent[begin + 1];
    }
};

std::vector<Row> rowsOf(const std::vector<CountedPiece>& pieces)
{
    std::vector<Row> rows;
    for (const CountedPiece& piece : pieces) {
        Row row{piece.text, piece.count, {}, {}};
        unicode::forEach(piece.text, [&](std::int32_t, std::size_t at) { row.offsets.push_back(static_cast<std::uint32_t>(at)); });
        row.offsets.push_back(static_cast<std::uint32_t>(piece.text.size()));
        row.frequent.assign(row.characters() + 1, true);
        rows.push_back(std::move(row));
    }
    return rows;
}

using Counts = std::unordered_map<std::string_view, std::int64_t>;

/// Counts the strings of @p length characters whose parts are frequent, then marks which of them are. False when there are none.
bool countLength(std::vector<Row>& rows, std::size_t length, Counts& counts)
{
    counts.clear();
    for (const Row& row : rows)
        for (std::size_t begin = 0; begin + length <= row.characters(); ++begin)
            if (row.mayBeFrequent(begin, length))
                counts[row.at(begin, length)] += row.count;
    std::erase_if(counts, [](const auto& entry) { return entry.second < leastCount; });
    for (Row& row : rows)
        for (std::size_t begin = 0; begin <= row.characters(); ++begin)
            row.frequent[begin] = row.mayBeFrequent(begin, length) && counts.contains(row.at(begin, length));
    return !counts.empty();
}

} // namespace

Result<std::vector<SeedPiece>> seedPieces(const std::vector<CountedPiece>& pieces, std::size_t most, const RunContext& context)
{
    std::vector<Row> rows = rowsOf(pieces);
    std::map<std::string_view, std::int64_t> singles;
    for (const Row& row : rows)
        for (std::size_t i = 0; i < row.characters(); ++i)
            singles[row.at(i, 1)] += row.count;
    std::vector<std::pair<std::int64_t, SeedPiece>> strings; // with the text they cover
    Counts counts;
    for (std::size_t length = 2; length <= longest; ++length) {
        if (context.cancelled())
            return cancelledError();
        context.progress({"Collecting frequent strings", static_cast<std::int64_t>(length), static_cast<std::int64_t>(longest), "characters"});
        if (!countLength(rows, length, counts))
            break;
        for (const auto& [text, count] : counts)
            strings.push_back({count * static_cast<std::int64_t>(length), {std::string(text), count, false}});
    }
    std::sort(strings.begin(), strings.end(), [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second.text < b.second.text; });
    strings.resize(std::min(strings.size(), most));
    std::vector<SeedPiece> seeds;
    for (const auto& [text, count] : singles)
        seeds.push_back({std::string(text), count, true});
    for (auto& [covered, piece] : strings)
        seeds.push_back(std::move(piece));
    return seeds;
}

} // namespace espalier
