// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Batching.h"

#include <algorithm>
#include <numeric>

namespace espalier {

class BatchPlanner {
public:
    BatchPlanner(std::span<const std::uint16_t> lengths, const BatchLimit& limit) : m_lengths(lengths), m_limit(limit)
    {
        m_batches.m_order.resize(lengths.size());
        std::iota(m_batches.m_order.begin(), m_batches.m_order.end(), std::uint32_t{0});
    }

    Batches shuffled(Random& random)
    {
        random.shuffle(m_batches.m_order);
        const std::size_t chunk = sentencesPerChunk();
        for (std::size_t begin = 0; begin < m_lengths.size(); begin += chunk)
            cut(begin, std::min(m_lengths.size(), begin + chunk));
        random.shuffle(m_batches.m_bounds);
        return std::move(m_batches);
    }

    Batches sorted()
    {
        cut(0, m_lengths.size());
        return std::move(m_batches);
    }

private:
    static constexpr std::size_t batchesPerChunk = 50;

    [[nodiscard]] std::size_t sentencesPerChunk() const
    {
        const std::size_t tokens = std::accumulate(m_lengths.begin(), m_lengths.end(), std::size_t{0});
        const std::size_t mean = std::max<std::size_t>(1, tokens / std::max<std::size_t>(1, m_lengths.size()));
        const std::size_t perBatch = std::clamp<std::size_t>(m_limit.tokens / mean, 1, m_limit.sentences);
        return std::min(perBatch, m_lengths.size() + 1) * batchesPerChunk;
    }

    /// Sorts this stretch of the order by length and cuts it into batches.
    void cut(std::size_t begin, std::size_t end)
    {
        const auto at = [&](std::size_t i) { return m_batches.m_order.begin() + static_cast<std::ptrdiff_t>(i); };
        std::stable_sort(at(begin), at(end), [&](std::uint32_t a, std::uint32_t b) { return m_lengths[a] < m_lengths[b]; });
        std::size_t first = begin;
        for (std::size_t i = begin; i <= end; ++i) {
            if (i < end && i - first < m_limit.sentences && (i == first || fits(i - first + 1, m_lengths[m_batches.m_order[i]])))
                continue;
            if (i > first)
                m_batches.m_bounds.emplace_back(static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(i));
            first = i;
        }
    }

    [[nodiscard]] bool fits(std::size_t sentences, std::size_t longest) const
    {
        return sentences <= m_limit.tokens / std::max<std::size_t>(1, longest);
    }

    std::span<const std::uint16_t> m_lengths;
    BatchLimit m_limit;
    Batches m_batches;
};

Batches shuffledBatches(std::span<const std::uint16_t> lengths, const BatchLimit& limit, Random& random)
{
    return BatchPlanner(lengths, limit).shuffled(random);
}

Batches sortedBatches(std::span<const std::uint16_t> lengths, const BatchLimit& limit)
{
    return BatchPlanner(lengths, limit).sorted();
}

} // namespace espalier
