// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Ranking.h"

#include "engine/compression/MagnitudeScorer.h"

#include <algorithm>
#include <limits>
#include <span>

namespace espalier {

namespace {

Result<const Tensor*> findTensor(const Weights& weights, const Masks& masks, const std::string& name)
{
    const auto found = weights.find(name);
    if (found == weights.end())
        return Error{ErrorCode::InvalidArgument, "The weights have no tensor '" + name + "' to prune.",
                     "Use a checkpoint of the model it was made for."};
    const auto mask = masks.find(name);
    if (mask != masks.end() && mask->second.size() != found->second.values.size())
        return Error{ErrorCode::InvalidArgument, "The mask of '" + name + "' has " + std::to_string(mask->second.size()) +
                                                     " elements, its tensor has " + std::to_string(found->second.values.size()) + "."};
    return &found->second;
}

/// Cuts by halves, so that each level of the recursion looks at every element once.
void partitionKeys(std::span<RankKey> keys, std::size_t first, std::span<const std::size_t> cuts)
{
    if (cuts.empty() || keys.size() < 2)
        return;
    const std::size_t middle = cuts.size() / 2;
    const std::size_t cut = cuts[middle] - first;
    if (cut < keys.size())
        std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(cut), keys.end());
    partitionKeys(keys.first(cut), first, cuts.first(middle));
    partitionKeys(keys.subspan(cut), first + cut, cuts.subspan(middle + 1));
}

} // namespace

Result<PoolRanking> PoolRanking::create(const Weights& weights, const Masks& masks, const RankingPool& pool)
{
    PoolRanking ranking;
    for (const auto& name : pool) {
        ESPALIER_TRY(const Tensor* tensor, findTensor(weights, masks, name));
        const auto mask = masks.find(name);
        const auto ranks = magnitudeRanks(*tensor, mask == masks.end() ? nullptr : &mask->second);
        if (ranking.m_keys.size() + ranks.size() > std::numeric_limits<std::uint32_t>::max())
            return Error{ErrorCode::Unsupported, "More than 4 billion weights cannot be ranked together.", "Prune layer by layer."};
        ranking.m_keys.reserve(ranking.m_keys.size() + ranks.size());
        for (const auto rank : ranks) {
            ranking.m_keys.push_back(RankKey{rank} << 32 | ranking.m_keys.size());
            ranking.m_alreadyPruned += rank == prunedRank;
        }
        ranking.m_offsets.push_back(ranking.m_keys.size());
    }
    return ranking;
}

std::size_t PoolRanking::pruned(double amount) const
{
    return std::max(prunedCount(amount, size()), m_alreadyPruned);
}

void PoolRanking::partition(const std::vector<std::size_t>& cuts)
{
    partitionKeys(m_keys, 0, cuts);
}

std::size_t PoolRanking::tensorAt(std::size_t place) const
{
    const auto after = std::upper_bound(m_offsets.begin(), m_offsets.end(), place);
    return static_cast<std::size_t>(after - m_offsets.begin()) - 1;
}

} // namespace espalier
