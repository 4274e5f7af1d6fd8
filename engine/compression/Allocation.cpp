// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Allocation.h"

#include <cmath>

namespace espalier {

namespace {

std::vector<RankingPool> layerwise(const std::vector<PrunableTensor>& tensors, bool)
{
    std::vector<RankingPool> pools;
    for (const auto& tensor : tensors)
        pools.push_back({tensor.name});
    return pools;
}

std::vector<RankingPool> global(const std::vector<PrunableTensor>& tensors, bool poolEmbeddings)
{
    RankingPool embeddings;
    RankingPool others;
    for (const auto& tensor : tensors)
        (tensor.group == "embedding" && !poolEmbeddings ? embeddings : others).push_back(tensor.name);
    std::vector<RankingPool> pools;
    for (auto* pool : {&embeddings, &others})
        if (!pool->empty())
            pools.push_back(std::move(*pool));
    return pools;
}

} // namespace

const Catalog<AllocationMethod>& allocationCatalog()
{
    static const Catalog<AllocationMethod> catalog{"pruning method",
                                                   {
                                                       {"layerwise", "Layer by layer", layerwise},
                                                       {"global", "All layers together", global},
                                                   }};
    return catalog;
}

std::size_t prunedCount(double amount, std::size_t count)
{
    const double exact = amount * static_cast<double>(count);
    double rounded = std::floor(exact);
    const double rest = exact - rounded;
    // Written out, because nearbyint() depends on the thread's rounding mode.
    if (rest > 0.5 || (rest == 0.5 && std::fmod(rounded, 2.0) == 1.0))
        rounded += 1;
    return std::min(count, static_cast<std::size_t>(rounded));
}

} // namespace espalier
