// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/MagnitudeScorer.h"

namespace espalier {

std::vector<std::uint32_t> magnitudeRanks(const Tensor& tensor, const Mask* mask)
{
    std::vector<std::uint32_t> ranks(tensor.values.size());
    for (std::size_t i = 0; i < ranks.size(); ++i)
        ranks[i] = mask && (*mask)[i] == 0 ? prunedRank : magnitudeRank(tensor.values[i]);
    return ranks;
}

} // namespace espalier
