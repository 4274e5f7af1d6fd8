// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/SplitCut.h"

#include "engine/core/Random.h"
#include "engine/data/TextKeys.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace espalier {
namespace {

using Sizes = std::vector<std::size_t>;

/// Shares @p total rows out over classes in proportion to @p sizes (largest remainder; ties go to the class that comes first), where class c
/// can give at most @p available[c].
Sizes shareOut(std::size_t total, const Sizes& sizes, const Sizes& available)
{
    const std::size_t all = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
    Sizes shares(sizes.size());
    std::vector<double> remainders(sizes.size());
    std::size_t given = 0;
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        const double exact = static_cast<double>(total) * static_cast<double>(sizes[c]) / static_cast<double>(all);
        shares[c] = std::min(static_cast<std::size_t>(exact), available[c]);
        remainders[c] = exact - static_cast<double>(shares[c]);
        given += shares[c];
    }
    Sizes order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (const std::size_t c : order)
        if (given < total && shares[c] < available[c]) {
            ++shares[c];
            ++given;
        }
    return shares;
}

std::size_t wanted(double fraction, std::size_t rows)
{
    return fraction <= 0 ? 0 : std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(fraction * static_cast<double>(rows))));
}

/// Label ids that say which class a row is of. Token tags: those that begin an entity.
std::vector<bool> classLabels(const ExampleTable& rows, Task task)
{
    std::vector<bool> counts;
    for (const std::string& name : rows.labelNames())
        counts.push_back(task != Task::TokenTags || name.starts_with("B-"));
    return counts;
}

struct Group {
    std::uint64_t hash = 0;
    std::uint32_t rows = 0;
    Part part = Part::Train;
};

/// Distinct groups by hash, with their numbers of rows.
std::vector<Group> groupsOf(const std::vector<std::uint64_t>& hashes)
{
    std::vector<std::uint64_t> sorted = hashes;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Group> groups;
    for (const std::uint64_t hash : sorted) {
        if (groups.empty() || groups.back().hash != hash)
            groups.push_back({hash, 0, Part::Train});
        ++groups.back().rows;
    }
    return groups;
}

std::vector<std::uint64_t> groupHashes(const ExampleTable& rows)
{
    std::vector<std::uint64_t> hashes;
    hashes.reserve(rows.size());
    auto reader = rows.reader();
    while (const RowView* row = reader.next())
        hashes.push_back(row->group.empty() ? textHash("row " + std::to_string(reader.position())) : textHash(row->group));
    return hashes;
}

/// Gives groups to @p part until it has about @p rows; a group that would overshoot by more than it helps is left out.
void fill(std::vector<Group>& groups, Part part, std::size_t rows)
{
    std::size_t given = 0;
    for (Group& group : groups) {
        const bool helps = given == 0 || given + group.rows <= rows || (given + group.rows - rows) < (rows - given);
        if (given < rows && group.part == Part::Train && helps) {
            group.part = part;
            given += group.rows;
        }
    }
}

} // namespace

RowLists rowsByClass(const ExampleTable& rows, Task task)
{
    const auto& names = rows.labelNames();
    const std::vector<bool> isClass = classLabels(rows, task);
    Sizes frequency(names.size());
    auto reader = rows.reader();
    while (const RowView* row = reader.next())
        for (const std::uint32_t label : row->labels)
            ++frequency[label];
    std::vector<std::uint32_t> byName(names.size());
    std::iota(byName.begin(), byName.end(), 0u);
    std::sort(byName.begin(), byName.end(), [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
    std::vector<std::uint32_t> rank(names.size());
    for (std::uint32_t i = 0; i < byName.size(); ++i)
        rank[byName[i]] = i;

    RowLists classes(names.size() + 1);
    auto again = rows.reader();
    while (const RowView* row = again.next()) {
        std::size_t best = names.size();
        for (const std::uint32_t label : row->labels)
            if (isClass[label] && (best == names.size() || frequency[label] < frequency[byName[best]]))
                best = rank[label];
        classes[best].push_back(static_cast<std::uint32_t>(again.position()));
    }
    std::erase_if(classes, [](const auto& members) { return members.empty(); });
    return classes;
}

std::vector<Part> cutByClass(const ExampleTable& rows, Task task, const CutOptions& options)
{
    RowLists classes = rowsByClass(rows, task);
    Sizes sizes;
    Sizes available;
    for (const auto& members : classes) {
        sizes.push_back(members.size());
        available.push_back(members.size() - 1); // one row stays in train
    }
    const Sizes test = shareOut(wanted(options.testFraction, rows.size()), sizes, available);
    for (std::size_t c = 0; c < sizes.size(); ++c)
        available[c] -= test[c];
    const Sizes validation = shareOut(wanted(options.validationFraction, rows.size()), sizes, available);
    std::vector<Part> parts(rows.size(), Part::Train);
    Random random(options.seed);
    for (std::size_t c = 0; c < classes.size(); ++c) {
        random.shuffle(classes[c]);
        for (std::size_t i = 0; i < test[c] + validation[c]; ++i)
            parts[classes[c][i]] = i < test[c] ? Part::Test : Part::Validation;
    }
    return parts;
}

Result<std::vector<Part>> cutByGroup(const ExampleTable& rows, const CutOptions& options)
{
    const std::vector<std::uint64_t> hashes = groupHashes(rows);
    std::vector<Group> groups = groupsOf(hashes);
    const std::size_t needed = 1 + (options.testFraction > 0) + (options.validationFraction > 0);
    if (groups.size() < needed)
        return Error{ErrorCode::InvalidArgument, "The rows fall into " + std::to_string(groups.size()) + " group(s); " + std::to_string(needed) + " parts need as many.",
                     "Choose the Dataset node's group column, or another way to split.", {}};
    Random random(options.seed);
    random.shuffle(groups);
    fill(groups, Part::Test, wanted(options.testFraction, rows.size()));
    fill(groups, Part::Validation, wanted(options.validationFraction, rows.size()));
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.hash < b.hash; });
    std::vector<Part> parts;
    parts.reserve(rows.size());
    for (const std::uint64_t hash : hashes)
        parts.push_back(std::lower_bound(groups.begin(), groups.end(), hash, [](const Group& group, std::uint64_t value) { return group.hash < value; })->part);
    return parts;
}

} // namespace espalier
