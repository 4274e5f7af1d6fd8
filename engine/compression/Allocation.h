// SPDX-License-Identifier: GPL-3.0-or-later
// Allocation: which weights compete with which. A pool is a set of tensors ranked together, of which the same share is
// pruned; the methods differ only in the pools they make. One line a method in Allocation.cpp.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/models/ModelCatalog.h"

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

/// The share @p amount (0 to 1) of @p count elements, rounded as Python's round() does: halves go to the even neighbour.
std::size_t prunedCount(double amount, std::size_t count);

} // namespace espalier
