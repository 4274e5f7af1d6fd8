// SPDX-License-Identifier: GPL-3.0-or-later
// Allocation: which weights compete with which. A pool is a set of tensors ranked together, of which the same share is
// pruned; the methods differ only in the pools they make. One line a method in Allocation.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/models/ModelCatalog.h"

#include <optional>

namespace espalier {

/// Names of tensors ranked together, in the order in which ties are broken.
using RankingPool = std::vector<std::string>;

struct AllocationMethod {
    std::string id;
    std::string label;
    /// @p poolEmbeddings: whether embeddings may share a pool with other groups.
    std::function<std::vector<RankingPool>(const std::vector<PrunableTensor>& tensors, bool poolEmbeddings)> allocate;
};

const Catalog<AllocationMethod>& allocationCatalog();

/// How much of a pool is pruned, as torch.nn.utils.prune counts it.
struct Amount {
    double share = 0.5;                 ///< 0 to 1
    std::optional<std::size_t> count{}; ///< in place of the share: elements, or groups where the pattern has larger ones
    bool ofRemaining = false;           ///< of what is not pruned yet, as in torch's PruningContainer; else of all, what is pruned included
};

/// The share @p amount (0 to 1) of @p count elements, rounded as Python's round() does: halves go to the even neighbour.
std::size_t prunedCount(double amount, std::size_t count);

} // namespace espalier
