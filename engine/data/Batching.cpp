// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Batching.h"

#include <algorithm>
#include <numeric>

namespace espalier {
namespace {

constexpr std::size_t batchesPerChunk = 50;

using Index = std::vector<std::size_t>::iterator;

void appendBatches(Index begin, Index end, std::size_t batchSize, IndexBatches& batches)
{
    for (; begin != end; begin += static_cast<std::ptrdiff_t>(std::min<std::size_t>(batchSize, static_cast<std::size_t>(end - begin)))) {
        const auto size = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(batchSize), end - begin);
        batches.emplace_back(begin, begin + size);
    }
}

} // namespace

IndexBatches shuffledBatches(const std::vector<std::size_t>& lengths, std::size_t batchSize, Random& random)
{
    std::vector<std::size_t> order(lengths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(order);
    IndexBatches batches;
    const std::size_t chunk = batchSize * batchesPerChunk;
    for (std::size_t begin = 0; begin < order.size(); begin += chunk) {
        const auto first = order.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), begin + chunk));
        std::stable_sort(first, last, [&](std::size_t a, std::size_t b) { return lengths[a] < lengths[b]; });
        appendBatches(first, last, batchSize, batches);
    }
    random.shuffle(batches);
    return batches;
}

IndexBatches sortedBatches(const std::vector<std::size_t>& lengths, std::size_t batchSize)
{
    std::vector<std::size_t> order(lengths.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lengths[a] < lengths[b]; });
    IndexBatches batches;
    appendBatches(order.begin(), order.end(), batchSize, batches);
    return batches;
}

} // namespace espalier
