// SPDX-License-Identifier: GPL-3.0-or-later
// Ranking: the elements of one pool as sortable keys, with the tensor that each belongs to. Shared by the masks of one
// sparsity and the profile of all of them, so that both prune the same elements.
#pragma once

#include "engine/compression/Allocation.h"
#include "engine/models/Weights.h"

namespace espalier {

/// Orders by rank (upper 32 bits), then by place in the pool (lower 32): no two keys are equal, ties go to the lowest index.
using RankKey = std::uint64_t;

class PoolRanking {
public:
    /// Ranks the tensors of @p pool. InvalidArgument when a tensor is missing, a mask does not fit or the pool is too large.
    static Result<PoolRanking> create(const Weights& weights, const Masks& masks, const RankingPool& pool);

    [[nodiscard]] std::size_t size() const { return m_keys.size(); }
    [[nodiscard]] std::size_t alreadyPruned() const { return m_alreadyPruned; }
    /// How many elements are pruned at @p amount: never fewer than are pruned already.
    [[nodiscard]] std::size_t pruned(double amount) const;

    /// Reorders the keys so that for each cut (ascending, at most size()) the @c cut lowest come first.
    void partition(const std::vector<std::size_t>& cuts);
    [[nodiscard]] const std::vector<RankKey>& keys() const { return m_keys; }

    /// Place in the pool of @p key's element.
    static std::size_t place(RankKey key) { return static_cast<std::uint32_t>(key); }
    static std::uint32_t rank(RankKey key) { return static_cast<std::uint32_t>(key >> 32); }
    /// Index in the pool of the tensor that holds @p place.
    [[nodiscard]] std::size_t tensorAt(std::size_t place) const;
    /// Place of the first element of each tensor, and one past the last.
    [[nodiscard]] const std::vector<std::size_t>& offsets() const { return m_offsets; }

private:
    std::vector<RankKey> m_keys;
    std::vector<std::size_t> m_offsets{0};
    std::size_t m_alreadyPruned = 0;
};

} // namespace espalier
