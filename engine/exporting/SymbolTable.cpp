// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/SymbolTable.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace espalier {

namespace {

using edge::EntryFrequencies;
using edge::coding::alphabet;
using edge::coding::frequencyTotal;
using edge::coding::levelWeights;

constexpr unsigned widest = 6;

/// Symbols that share a frequency: symbol 0 first, then the groups up to the last that occurs.
struct Group {
    std::uint64_t count = 0;
    std::size_t symbols = 1;
    std::uint32_t frequency = 0;
};

std::vector<Group> groupsOf(const SymbolCounts& counts, unsigned width)
{
    std::vector<Group> groups{{counts[0], 1}};
    for (std::size_t i = 0; edge::symbolGroup(i, width).first < alphabet; ++i) {
        const auto [first, last] = edge::symbolGroup(i, width);
        groups.push_back({std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(first), counts.begin() + static_cast<std::ptrdiff_t>(last), std::uint64_t{0}), last - first});
    }
    while (groups.size() > 1 && groups.back().count == 0)
        groups.pop_back();
    return groups;
}

std::uint64_t totalOf(const std::vector<Group>& groups)
{
    return std::accumulate(groups.begin(), groups.end(), std::uint64_t{0}, [](std::uint64_t sum, const Group& group) { return sum + group.count; });
}

/// Where each symbol of a group must have a share, rare groups get more than they are due, and the others less by the factor returned.
double squeeze(const std::vector<Group>& groups, double perCount)
{
    double raised = 0;
    double due = 0;
    for (const Group& group : groups) {
        const double share = perCount * static_cast<double>(group.count);
        if (group.count > 0 && share < static_cast<double>(group.symbols))
            raised += static_cast<double>(group.symbols);
        else
            due += share;
    }
    return due == 0 ? 1 : (frequencyTotal - raised) / due;
}

double varintBytes(double value)
{
    return value < 128 ? 1 : 2;
}

TablePlan costOf(const std::vector<Group>& groups, unsigned width)
{
    TablePlan plan{width, false, groups.size() - 1, 2, 0};
    const std::uint64_t total = totalOf(groups);
    const double perCount = total == 0 ? 0 : frequencyTotal / static_cast<double>(total);
    const double factor = squeeze(groups, perCount);
    for (const Group& group : groups) {
        const double share = std::max(static_cast<double>(group.symbols), perCount * factor * static_cast<double>(group.count));
        plan.tableBytes += group.count == 0 ? 1 : varintBytes(share);
        if (group.count > 0)
            plan.bits += static_cast<double>(group.count) * std::log2(frequencyTotal * static_cast<double>(group.symbols) / share);
    }
    return plan;
}

/// For each group the level whose weight is nearest to its count, as a share of the largest one's.
std::vector<std::uint8_t> levelsOf(const std::vector<Group>& groups)
{
    const auto largest = std::max_element(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.count < b.count; })->count;
    const double step = std::log2(static_cast<double>(levelWeights.back()) / levelWeights[1]) / (levelWeights.size() - 2);
    std::vector<std::uint8_t> levels;
    for (const Group& group : groups) {
        const double below = group.count == 0 ? 0 : std::round(std::log2(static_cast<double>(largest) / static_cast<double>(group.count)) / step);
        levels.push_back(group.count == 0 ? 0 : static_cast<std::uint8_t>(std::max(1.0, static_cast<double>(levelWeights.size() - 1) - below)));
    }
    return levels;
}

/// Nothing where such a table can't hold them.
std::optional<TablePlan> coarseCostOf(const std::vector<Group>& groups, unsigned width)
{
    const auto frequencies = edge::frequenciesOfLevels(levelsOf(groups), width);
    if (!frequencies)
        return std::nullopt;
    TablePlan plan{width, true, groups.size() - 1, 2 + static_cast<double>((groups.size() + 1) / 2), 0};
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (groups[i].count > 0)
            plan.bits += static_cast<double>(groups[i].count) * std::log2(frequencyTotal * static_cast<double>(groups[i].symbols) / (*frequencies)[i]);
    return plan;
}

/// What a group would lose, in bits, with @p frequency instead of one more.
double lossBelow(const Group& group, std::uint32_t frequency)
{
    return static_cast<double>(group.count) * std::log2(1 + 1 / static_cast<double>(frequency));
}

/// Gives the groups whole frequencies that add up to the total: what is left over goes where it saves most, what is too much is taken where
/// it costs least.
void normalise(std::vector<Group>& groups)
{
    const double perCount = frequencyTotal / static_cast<double>(totalOf(groups));
    const double factor = squeeze(groups, perCount);
    std::uint32_t sum = 0;
    for (Group& group : groups) {
        const auto share = static_cast<std::uint32_t>(perCount * factor * static_cast<double>(group.count));
        group.frequency = group.count == 0 ? 0 : std::max(static_cast<std::uint32_t>(group.symbols), share);
        sum += group.frequency;
    }
    for (; sum < frequencyTotal; ++sum) {
        const auto best = std::max_element(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
            return (a.count == 0 ? 0 : lossBelow(a, a.frequency)) < (b.count == 0 ? 0 : lossBelow(b, b.frequency));
        });
        ++best->frequency;
    }
    for (; sum > frequencyTotal; --sum) {
        Group* best = nullptr;
        for (Group& group : groups)
            if (group.frequency > group.symbols && (!best || lossBelow(group, group.frequency - 1) < lossBelow(*best, best->frequency - 1)))
                best = &group;
        --best->frequency;
    }
}

/// Gives the groups their frequencies and returns these as they stand in the package.
std::string setFrequencies(std::vector<Group>& groups)
{
    normalise(groups);
    std::string bytes;
    for (const Group& group : groups)
        appendVarint(bytes, group.frequency);
    return bytes;
}

std::string setLevels(std::vector<Group>& groups, unsigned width)
{
    const std::vector<std::uint8_t> levels = levelsOf(groups);
    const EntryFrequencies frequencies = edge::frequenciesOfLevels(levels, width).value();
    std::string bytes((groups.size() + 1) / 2, '\0');
    for (std::size_t i = 0; i < groups.size(); ++i) {
        groups[i].frequency = frequencies[i];
        bytes[i / 2] = static_cast<char>(bytes[i / 2] | levels[i] << 4 * (i % 2));
    }
    return bytes;
}

} // namespace

void appendVarint(std::string& bytes, std::size_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes.push_back(static_cast<char>((value & 0x7f) | 0x80));
    bytes.push_back(static_cast<char>(value));
}

TablePlan planTable(const SymbolCounts& counts)
{
    TablePlan best = costOf(groupsOf(counts, 0), 0);
    for (unsigned width = 0; width <= widest; ++width) {
        const std::vector<Group> groups = groupsOf(counts, width);
        for (const auto& plan : {std::optional(costOf(groups, width)), coarseCostOf(groups, width)})
            if (plan && plan->bytes() < best.bytes())
                best = *plan;
    }
    return best;
}

SymbolTable makeTable(const SymbolCounts& counts, const TablePlan& plan)
{
    std::vector<Group> groups = groupsOf(counts, plan.width);
    if (totalOf(groups) == 0)
        groups.front().count = 1;
    SymbolTable table;
    table.bytes += static_cast<char>(plan.width + (plan.coarse ? edge::coding::coarseTable : 0));
    table.bytes += static_cast<char>(groups.size() - 1);
    table.bytes += plan.coarse ? setLevels(groups, plan.width) : setFrequencies(groups);
    table.frequencies[0] = static_cast<std::uint16_t>(groups[0].frequency);
    for (std::size_t i = 1; i < groups.size(); ++i)
        edge::shareFrequency(table.frequencies, edge::symbolGroup(i - 1, plan.width), groups[i].frequency);
    return table;
}

} // namespace espalier
