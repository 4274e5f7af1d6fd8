// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/GroupScores.h"

#include <algorithm>
#include <cmath>

namespace espalier {

void GroupScores::add(std::size_t group, float score)
{
    ++m_sizes[group];
    if (score == prunedScore)
        return;
    ++m_kept[group];
    const double value = score;
    if (std::isinf(m_norm))
        m_sums[group] = std::max(m_sums[group], value);
    else
        m_sums[group] += m_norm == 2 ? value * value : value;
}

float GroupScores::score(std::size_t group) const
{
    if (m_kept[group] == 0)
        return prunedScore;
    if (std::isinf(m_norm))
        return static_cast<float>(m_sums[group]);
    const double mean = m_sums[group] / m_sizes[group];
    return static_cast<float>(m_norm == 2 ? std::sqrt(mean) : mean);
}

Scores GroupScores::scores() const
{
    Scores scores(m_sums.size());
    for (std::size_t group = 0; group < scores.size(); ++group)
        scores[group] = score(group);
    return scores;
}

std::vector<std::uint32_t> GroupScores::unevenSizes() const
{
    const bool even = std::adjacent_find(m_sizes.begin(), m_sizes.end(), std::not_equal_to()) == m_sizes.end();
    return even ? std::vector<std::uint32_t>{} : m_sizes;
}

} // namespace espalier
