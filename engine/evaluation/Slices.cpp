// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Slices.h"

#include <algorithm>
#include <map>

namespace espalier {
namespace {

/// A slice while it is being counted: sums instead of means.
void count(Slice& slice, const PredictionRow& row)
{
    ++slice.examples;
    slice.accuracy += row.right() ? 1 : 0;
    slice.confidence += row.probability;
}

void average(Slice& slice)
{
    slice.accuracy /= static_cast<double>(slice.examples);
    slice.confidence /= static_cast<double>(slice.examples);
}

std::vector<Slice> lengthSlices(const std::vector<PredictionRow>& rows)
{
    std::vector<std::int64_t> lengths;
    for (const PredictionRow& row : rows)
        lengths.push_back(characterCount(row.text));
    std::vector<Slice> slices = lengthQuarters(lengths);
    for (std::size_t i = 0; i < rows.size(); ++i)
        count(*std::find_if(slices.begin(), slices.end(), [&](const Slice& s) { return lengths[i] <= s.high; }), rows[i]);
    std::erase_if(slices, [](const Slice& slice) { return slice.examples == 0; });
    return slices;
}

std::vector<Slice> classSlices(const std::vector<PredictionRow>& rows)
{
    std::map<std::string, Slice> byClass;
    for (const PredictionRow& row : rows) {
        Slice& slice = byClass[row.truth];
        slice.kind = "class";
        slice.label = row.truth;
        count(slice, row);
    }
    std::vector<Slice> slices;
    for (auto& [label, slice] : byClass)
        slices.push_back(std::move(slice));
    return slices;
}

} // namespace

std::int64_t characterCount(const std::string& text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
}

std::vector<Slice> lengthQuarters(const std::vector<std::int64_t>& lengths)
{
    std::vector<std::int64_t> sorted = lengths;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Slice> slices;
    std::int64_t low = sorted.front();
    for (std::size_t part = 1; part <= 4; ++part) {
        const std::int64_t high = sorted[part * sorted.size() / 4 - (part * sorted.size() / 4 > 0 ? 1 : 0)];
        if (high < low)
            continue; // many sentences of one length fill several quarters
        slices.push_back({.kind = "length", .low = low, .high = high});
        low = high + 1;
    }
    return slices;
}

std::vector<Slice> slicesOf(const std::vector<PredictionRow>& rows)
{
    if (rows.empty())
        return {};
    std::vector<Slice> slices = lengthSlices(rows);
    std::vector<Slice> classes = classSlices(rows);
    std::for_each(slices.begin(), slices.end(), average);
    std::for_each(classes.begin(), classes.end(), average);
    std::stable_sort(classes.begin(), classes.end(), [](const Slice& a, const Slice& b) { return a.accuracy < b.accuracy; });
    slices.insert(slices.end(), classes.begin(), classes.end());
    return slices;
}

bool inSlice(const PredictionRow& row, const Slice& slice)
{
    if (slice.kind == "class")
        return row.truth == slice.label;
    const std::int64_t length = characterCount(row.text);
    return length >= slice.low && length <= slice.high;
}

} // namespace espalier
