// SPDX-License-Identifier: GPL-3.0-or-later
// MagnitudeScorer: how important each weight is, as a number that can be sorted. The smaller the rank, the sooner a weight
// is pruned: first what is pruned already, then by |w| (Han et al., 2015). Knows no layer and no architecture.
#pragma once

#include "engine/models/Weights.h"

#include <bit>
#include <cmath>

namespace espalier {

/// Rank of a weight that is pruned already.
inline constexpr std::uint32_t prunedRank = 0;
/// Rank of a weight that is zero without being pruned.
inline constexpr std::uint32_t zeroRank = 1;

/// Orders as |value| does: the bits of floats that are not negative sort like the floats. Values that are no number come last.
inline std::uint32_t magnitudeRank(float value)
{
    return std::bit_cast<std::uint32_t>(std::fabs(value)) + zeroRank;
}

/// One rank an element of @p tensor; @p mask (null: nothing is pruned yet) must have as many elements.
std::vector<std::uint32_t> magnitudeRanks(const Tensor& tensor, const Mask* mask);

} // namespace espalier
