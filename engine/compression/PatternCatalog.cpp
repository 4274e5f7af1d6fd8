// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Patterns.h"

#include <algorithm>
#include <limits>

namespace espalier {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Pattern runs(std::string id, std::string label, std::size_t length)
{
    return {std::move(id), std::move(label), 2, true, true, [length](const auto& shape, const Scores& scores) { return groupByRuns(shape, scores, length); }};
}

Pattern blocks(std::string id, std::string label, std::size_t rows, std::size_t columns)
{
    return {std::move(id), std::move(label), 2, false, true, [=](const auto& shape, const Scores& scores) { return groupByBlocks(shape, scores, rows, columns); }};
}

Pattern slices(std::string id, std::string label, std::size_t dimension, double norm)
{
    return {std::move(id), std::move(label), std::max<std::size_t>(2, dimension + 1), false, false,
            [=](const auto& shape, const Scores& scores) { return groupBySlices(shape, scores, dimension, norm); }};
}

} // namespace

const Catalog<Pattern>& patternCatalog()
{
    static const Catalog<Pattern> catalog{"pattern",
                                          {
                                              {"free", "Any weight", 0, false, false, groupFreely},
                                              runs("balanced_64", "k of 64, balanced", 64),
                                              runs("n_of_4", "N of 4", 4),
                                              runs("n_of_16", "N of 16", 16),
                                              runs("n_of_32", "N of 32", 32),
                                              blocks("block_1x4", "Blocks of 1 x 4", 1, 4),
                                              blocks("block_4x4", "Blocks of 4 x 4", 4, 4),
                                              slices("rows_l1", "Rows, by L1", 0, 1),
                                              slices("rows_l2", "Rows, by L2", 0, 2),
                                              slices("rows_max", "Rows, by the largest", 0, infinity),
                                              slices("columns_l1", "Columns, by L1", 1, 1),
                                              slices("columns_l2", "Columns, by L2", 1, 2),
                                              slices("columns_max", "Columns, by the largest", 1, infinity),
                                              slices("taps_l1", "Taps of filters, by L1", 2, 1),
                                              slices("taps_l2", "Taps of filters, by L2", 2, 2),
                                              slices("taps_max", "Taps of filters, by the largest", 2, infinity),
                                          }};
    return catalog;
}

} // namespace espalier
