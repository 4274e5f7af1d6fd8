// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Patterns.h"

#include "engine/compression/GroupScores.h"

namespace espalier {

namespace {

std::size_t rowsOf(const std::vector<std::int64_t>& shape)
{
    return static_cast<std::size_t>(shape.front());
}

Grouping gather(std::vector<std::uint32_t> groupOf, const Scores& scores, GroupScores groups)
{
    for (std::size_t i = 0; i < scores.size(); ++i)
        groups.add(groupOf[i], scores[i]);
    return {std::move(groupOf), groups.scores(), groups.unevenSizes()};
}

} // namespace

Grouping groupFreely(const std::vector<std::int64_t>&, Scores scores)
{
    return {.scores = std::move(scores)};
}

Grouping groupByBlocks(const std::vector<std::int64_t>& shape, const Scores& scores, std::size_t rows, std::size_t columns)
{
    const std::size_t width = scores.size() / rowsOf(shape);
    const std::size_t across = (width + columns - 1) / columns;
    const std::size_t down = (rowsOf(shape) + rows - 1) / rows;
    std::vector<std::uint32_t> groupOf(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        groupOf[i] = static_cast<std::uint32_t>(i / width / rows * across + i % width / columns);
    return gather(std::move(groupOf), scores, GroupScores(down * across));
}

Grouping groupBySlices(const std::vector<std::int64_t>& shape, const Scores& scores, std::size_t dimension, double norm)
{
    const auto slices = static_cast<std::size_t>(shape[dimension]);
    std::size_t inner = 1;
    for (std::size_t d = dimension + 1; d < shape.size(); ++d)
        inner *= static_cast<std::size_t>(shape[d]);
    std::vector<std::uint32_t> groupOf(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i)
        groupOf[i] = static_cast<std::uint32_t>(i / inner % slices);
    return gather(std::move(groupOf), scores, GroupScores(slices, norm));
}

} // namespace espalier
