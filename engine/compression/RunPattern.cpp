// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Allocation.h"
#include "engine/compression/GroupScores.h"
#include "engine/compression/Patterns.h"
#include "engine/compression/Ranking.h"

#include <algorithm>

namespace espalier {

namespace {

/// The group of each place in the order of a run of @p count elements: the i-th goes with the first group c - 1 at which
/// round(count x c / length) > i.
std::vector<std::uint32_t> groupsOfRun(std::size_t count, std::size_t length)
{
    std::vector<std::uint32_t> groups;
    for (std::size_t c = 1; c <= length; ++c)
        groups.resize(prunedCount(static_cast<double>(c) / static_cast<double>(length), count), static_cast<std::uint32_t>(c - 1));
    return groups;
}

/// The element of each place in the order of @p run: pruned ones first, then by score.
void orderRun(std::span<const float> run, std::vector<RankKey>& order)
{
    order.clear();
    for (std::size_t i = 0; i < run.size(); ++i)
        order.push_back(rankKey(run[i], i));
    std::sort(order.begin(), order.end());
}

/// Groups are pruned in their order, or runs would lose other elements than their least important; so scores must ascend. Only a
/// group that no element is left of up to its place counts as pruned.
Scores ascendingScores(const GroupScores& whole, const GroupScores& all, std::size_t groups)
{
    Scores scores(groups, 0);
    std::size_t prunedGroups = 0;
    for (std::size_t j = 0; j < groups && all.kept(j) == 0; ++j)
        prunedGroups = all.size(j) > 0 ? j + 1 : prunedGroups;
    for (std::size_t j = 0; j < groups; ++j) {
        const GroupScores& judge = whole.size(j) > 0 ? whole : all;
        const float own = judge.size(j) > 0 ? std::max(0.0f, judge.score(j)) : 0;
        scores[j] = j < prunedGroups ? prunedScore : std::max(own, j == 0 ? 0 : scores[j - 1]);
    }
    return scores;
}

} // namespace

Grouping groupByRuns(const std::vector<std::int64_t>& shape, const Scores& scores, std::size_t length)
{
    const std::size_t width = scores.size() / static_cast<std::size_t>(shape.front());
    const auto wholeRun = groupsOfRun(length, length);
    const auto lastRun = groupsOfRun(width % length, length);
    GroupScores whole(length);
    GroupScores all(length);
    std::vector<std::uint32_t> groupOf(scores.size());
    std::vector<RankKey> order;
    for (std::size_t begin = 0; begin < scores.size();) {
        const std::size_t count = std::min(length, width - begin % width);
        const auto& groups = count == length ? wholeRun : lastRun;
        orderRun(std::span(scores).subspan(begin, count), order);
        for (std::size_t place = 0; place < count; ++place) {
            const std::size_t element = begin + placeOf(order[place]);
            groupOf[element] = groups[place];
            all.add(groups[place], scores[element]);
            if (count == length)
                whole.add(groups[place], scores[element]);
        }
        begin += count;
    }
    return {std::move(groupOf), ascendingScores(whole, all, length), {}};
}

} // namespace espalier
