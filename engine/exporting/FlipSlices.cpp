// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/FlipSlices.h"

#include "engine/core/Entities.h"
#include "engine/evaluation/Slices.h"

#include <algorithm>
#include <set>

namespace espalier {
namespace {

void count(FlipSlice& slice, bool flips)
{
    ++slice.examples;
    slice.flips += flips;
}

} // namespace

std::vector<std::string> sliceClasses(const Example& example, Task task)
{
    if (task != Task::TokenTags)
        return example.labels;
    std::set<std::string> types;
    for (const Entity& entity : entitiesOf({example.labels.begin(), example.labels.end()}))
        types.emplace(entity.type);
    return {types.begin(), types.end()};
}

FlipSlices::FlipSlices(const std::vector<Example>& examples, Task task) : m_task(task)
{
    if (examples.empty())
        return;
    std::vector<std::int64_t> lengths;
    for (const Example& example : examples)
        lengths.push_back(characterCount(example.text));
    for (const Slice& quarter : lengthQuarters(lengths))
        m_lengths.push_back({.kind = "length", .low = quarter.low, .high = quarter.high});
}

void FlipSlices::add(const Example& example, bool flips)
{
    const std::int64_t length = characterCount(example.text);
    count(*std::find_if(m_lengths.begin(), m_lengths.end(), [&](const FlipSlice& slice) { return length <= slice.high; }), flips);
    for (const std::string& label : sliceClasses(example, m_task))
        count(m_classes.try_emplace(label, FlipSlice{.kind = "class", .label = label}).first->second, flips);
}

std::vector<FlipSlice> FlipSlices::take()
{
    std::vector<FlipSlice> all = std::move(m_lengths);
    std::erase_if(all, [](const FlipSlice& slice) { return slice.examples == 0; });
    const auto lengths = static_cast<std::ptrdiff_t>(all.size());
    for (auto& [label, slice] : m_classes)
        all.push_back(std::move(slice));
    std::stable_sort(all.begin() + lengths, all.end(), [](const FlipSlice& a, const FlipSlice& b) { return a.flips > b.flips; });
    return all;
}

} // namespace espalier
