// SPDX-License-Identifier: GPL-3.0-or-later
// GroupScores: gathers elements into groups, whose scores are power means of theirs.
#pragma once

#include "engine/compression/Pattern.h"

namespace espalier {

class GroupScores {
public:
    /// @p norm: 1 is the mean, 2 the root of the mean square, infinity the largest.
    explicit GroupScores(std::size_t groups, double norm = 1) : m_norm(norm), m_sums(groups), m_kept(groups), m_sizes(groups) {}

    /// A pruned element counts as zero.
    void add(std::size_t group, float score);

    [[nodiscard]] std::uint32_t size(std::size_t group) const { return m_sizes[group]; }
    [[nodiscard]] std::uint32_t kept(std::size_t group) const { return m_kept[group]; }
    /// prunedScore where no element is left.
    [[nodiscard]] float score(std::size_t group) const;
    [[nodiscard]] Scores scores() const;
    /// Empty when all groups are of the same size.
    [[nodiscard]] std::vector<std::uint32_t> unevenSizes() const;

private:
    double m_norm;
    std::vector<double> m_sums;
    std::vector<std::uint32_t> m_kept;
    std::vector<std::uint32_t> m_sizes;
};

} // namespace espalier
