// SPDX-License-Identifier: GPL-3.0-or-later
// Pattern: which weights of a tensor are pruned together. A pattern puts the elements into groups and gives each group a score;
// groups are ranked and pruned whole. One line a pattern in PatternCatalog.cpp. A tensor is seen as rows (its first dimension)
// of inputs (all other dimensions, in the order in which they are stored).
#pragma once

#include "engine/compression/Scorer.h"

#include <span>

namespace espalier {

/// The score of what is pruned already: before all others.
inline constexpr float prunedScore = -1;

struct Grouping {
    std::vector<std::uint32_t> groupOf = {}; ///< one an element; empty: every element is a group of its own
    Scores scores;                           ///< one a group; prunedScore when all of it is pruned already
    std::vector<std::uint32_t> sizes = {};   ///< elements of each group; empty: all groups count for the same share of the tensor
};

struct Pattern {
    std::string id;
    std::string label;
    std::size_t dimensions; ///< the least that a tensor must have
    bool followsScores;     ///< which elements fall together depends on their scores, and groups fall in their order
    /// Made for products of matrices. Tables whose rows are looked up gain nothing from it: their weights are pruned one by one.
    bool forProducts;
    /// @p scores: one an element, prunedScore where it is pruned.
    std::function<Grouping(const std::vector<std::int64_t>& shape, Scores scores)> group;
};

const Catalog<Pattern>& patternCatalog();

} // namespace espalier
