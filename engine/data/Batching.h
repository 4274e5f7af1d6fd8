// SPDX-License-Identifier: GPL-3.0-or-later
// Batching: groups sentences of similar length, so that little of a batch is padding.
#pragma once

#include "engine/core/Random.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace espalier {

/// How large a batch may be; both limits hold. A sentence longer than @c tokens makes a batch of its own.
struct BatchLimit {
    std::size_t sentences = 64;      ///< at least 1
    std::size_t tokens = SIZE_MAX;   ///< padding included: sentences times the longest of them
};

/// Which sentences each batch holds. Eight bytes a batch and four a sentence; fewer than 2^32 sentences.
class Batches {
public:
    [[nodiscard]] std::size_t size() const { return m_bounds.size(); }
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t batch) const
    {
        return std::span(m_order).subspan(m_bounds[batch].first, m_bounds[batch].second - m_bounds[batch].first);
    }
    bool operator==(const Batches&) const = default;

private:
    friend class BatchPlanner;
    std::vector<std::uint32_t> m_order;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_bounds; ///< begin and end in m_order
};

/// For training: every index once, in an order drawn from @p random. Sentences are shuffled, sorted by length within chunks of
/// about 50 batches, cut into batches as large as @p limit allows, and the batches shuffled. @p lengths in tokens.
Batches shuffledBatches(std::span<const std::uint16_t> lengths, const BatchLimit& limit, Random& random);

/// For evaluation: every index once, by length; always the same for the same input.
Batches sortedBatches(std::span<const std::uint16_t> lengths, const BatchLimit& limit);

} // namespace espalier
