// SPDX-License-Identifier: GPL-3.0-or-later
// ComparisonUnits: for scores that say something within an output only. A group's score becomes its place among those it may be compared with, so that
// every output loses the same share, whatever is ranked together.
#pragma once

#include "engine/compression/Pattern.h"

namespace espalier {

/// Where the elements of a tensor lie in one whose dimensions are the same or 1.
class BroadcastIndex {
public:
    BroadcastIndex(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& small);
    [[nodiscard]] std::size_t at(std::size_t element) const;

private:
    struct Dimension {
        std::size_t size;
        std::size_t inner;  ///< elements of the tensor that an index spans
        std::size_t stride; ///< in the small one; 0 where its size is 1
    };
    std::vector<Dimension> m_dimensions;
};

/// Replaces the scores of @p grouping by places: the share, 0 to 1, of the weights of the same output that go before a group and half of itself. An output is
/// what has the same index in the dimensions in which @p inputs is of size 1. Where groups span outputs they are compared with all of the tensor.
/// What is pruned stays first and counts.
void placeWithinOutputs(Grouping& grouping, const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& inputs);

} // namespace espalier
