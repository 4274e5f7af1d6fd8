// SPDX-License-Identifier: GPL-3.0-or-later
// Ranking: the groups of one pool as sortable keys, and which elements fall at which cut. Shared by the masks of one sparsity and
// the profile of all of them, so that both prune the same elements.
#pragma once

#include "engine/compression/Allocation.h"
#include "engine/compression/Pattern.h"

#include <bit>
#include <set>
#include <string>

namespace espalier {

/// Orders by rank (upper 32 bits), then by place in the pool (lower 32): no two keys are equal, ties go to the lowest index.
using RankKey = std::uint64_t;

/// Rank of what is pruned already.
inline constexpr std::uint32_t prunedRank = 0;

/// Orders as scores do: the bits of floats that are not negative sort like the floats. Values that are no number come last.
inline std::uint32_t rankOf(float score)
{
    return score < 0 ? prunedRank : (std::bit_cast<std::uint32_t>(score) & 0x7fffffff) + 1;
}
inline RankKey rankKey(float score, std::size_t place)
{
    return RankKey{rankOf(score)} << 32 | place;
}
inline std::size_t placeOf(RankKey key)
{
    return static_cast<std::uint32_t>(key);
}

/// How the elements of a pool are ranked.
struct Ranker {
    const Scorer* scorer = nullptr;
    const Pattern* pattern = nullptr;
    const Pattern* tablePattern = nullptr; ///< of the tensors in tables
    std::set<std::string> tables = {};     ///< those whose rows are looked up
    std::uint64_t seed = 1;
    const Weights* measured = nullptr; ///< what the scorer asks of data

    [[nodiscard]] const Pattern& patternOf(const std::string& tensor) const { return *(tables.contains(tensor) ? tablePattern : pattern); }
};

/// The seed of the tensor @p name: its own, so that leaving one layer out changes no other.
std::uint64_t tensorSeed(std::uint64_t seed, const std::string& name);

/// Valid as long as the masks it was made of.
class PoolRanking {
public:
    /// Ranks the tensors of @p pool. InvalidArgument when a tensor is missing, a mask does not fit, the pattern does not fit a tensor's
    /// shape or the pool is too large.
    static Result<PoolRanking> create(const Weights& weights, const Masks& masks, const RankingPool& pool, const Ranker& ranker);

    [[nodiscard]] std::size_t groups() const { return m_keys.size(); }
    [[nodiscard]] std::size_t alreadyPruned() const { return m_alreadyPruned; }
    /// How many groups are pruned at @p amount: never fewer than are pruned already. Where groups are of different size, as many as come
    /// nearest to the share of weights. InvalidArgument: a count that is more than there are.
    [[nodiscard]] Result<std::size_t> pruned(const Amount& amount) const;

    /// For every tensor of the pool and every element of it, the first of @p cuts (ascending numbers of groups, at most 255) at which it
    /// is pruned, as an index; cuts.size() when none prunes it. What is pruned already has 0.
    std::vector<std::vector<std::uint8_t>> steps(const std::vector<std::size_t>& cuts);

private:
    struct Member {
        const Mask* mask; ///< null: nothing is pruned
        std::size_t elements;
        std::size_t firstGroup;
        Grouping grouping; ///< its scores are in the keys
        double share;      ///< elements that a group counts for where grouping.sizes is empty
    };
    Result<void> add(const std::string& name, const Tensor& tensor, const Mask* mask, const Ranker& ranker);
    [[nodiscard]] bool even() const;
    [[nodiscard]] double sizeOf(std::size_t place) const;
    [[nodiscard]] std::size_t nearest(double elements) const;
    void sortBySize();

    std::vector<RankKey> m_keys;
    std::vector<Member> m_members;
    std::vector<double> m_elements; ///< in the first i groups of the sorted keys; empty where all groups are of one size
    std::size_t m_alreadyPruned = 0;
};

} // namespace espalier
