// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/FisherBlocks.h"

#include "engine/compression/SymmetricMatrix.h"

#include <algorithm>

namespace espalier {

FisherLayout FisherLayout::of(const std::vector<std::int64_t>& shape, std::size_t size)
{
    std::size_t elements = 1;
    for (const auto dimension : shape)
        elements *= static_cast<std::size_t>(dimension);
    FisherLayout layout{.rows = static_cast<std::size_t>(shape.front())};
    layout.width = layout.rows == 0 ? 0 : elements / layout.rows;
    if (layout.width == 0)
        return {};
    const std::size_t least = (layout.width + size - 1) / size;
    const std::size_t even = (layout.width + least - 1) / least;
    layout.size = std::min(layout.width, (even + 3) / 4 * 4);
    layout.blocks = (layout.width + layout.size - 1) / layout.size;
    return layout;
}

std::optional<FisherLayout> FisherLayout::of(const std::vector<std::int64_t>& shape, const Tensor& fisher)
{
    if (fisher.shape.size() != 3 || shape.empty() || shape.front() <= 0)
        return std::nullopt;
    FisherLayout layout = of(shape, 1);
    layout.blocks = static_cast<std::size_t>(fisher.shape[1]);
    layout.size = 0;
    while (layout.packed() < static_cast<std::size_t>(fisher.shape[2]))
        ++layout.size;
    const bool fits = layout.shape() == fisher.shape && layout.numbers() == fisher.values.size() && layout.blocks > 0 && layout.size > 0 &&
                      layout.blocks == (layout.width + layout.size - 1) / layout.size;
    return fits ? std::optional(layout) : std::nullopt;
}

std::vector<std::int64_t> FisherLayout::shape() const
{
    return {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(blocks), static_cast<std::int64_t>(packed())};
}

void addOuterProduct(const float* gradient, std::size_t count, float* sums)
{
    for (std::size_t i = 0; i < count; sums += ++i)
        for (std::size_t j = 0; j <= i; ++j)
            sums[j] += gradient[i] * gradient[j];
}

namespace {

/// One block of a tensor: its weights that are kept, by their places in the block.
class Block {
public:
    Block(const ScoreInput& input, const FisherLayout& layout, std::size_t block)
        : m_triangle(input.measured->values.data() + block * layout.packed()), m_begin(layout.begin(block)), m_count(layout.sizeOf(block))
    {
        for (std::size_t i = 0; i < m_count; ++i)
            if (input.mask == nullptr || (*input.mask)[m_begin + i] != 0)
                m_kept.push_back(i);
    }

    [[nodiscard]] const std::vector<std::size_t>& kept() const { return m_kept; }
    [[nodiscard]] std::size_t element(std::size_t place) const { return m_begin + place; }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] double at(std::size_t i, std::size_t j) const
    {
        const auto [low, high] = std::minmax(i, j);
        return m_triangle[high * (high + 1) / 2 + low];
    }
    /// Between the weights that are kept.
    [[nodiscard]] SymmetricMatrix fisher() const
    {
        SymmetricMatrix matrix(m_kept.size());
        for (std::size_t i = 0; i < m_kept.size(); ++i)
            for (std::size_t j = 0; j <= i; ++j)
                matrix.at(i, j) = at(m_kept[i], m_kept[j]);
        return matrix;
    }

private:
    const float* m_triangle;
    std::size_t m_begin;
    std::size_t m_count;
    std::vector<std::size_t> m_kept;
};

/// w^T [F^-1]_GG^-1 w / 2 of the weights of @p members, which are places in @p inverse; @p values: theirs.
double lossOf(const SymmetricMatrix& inverse, const std::vector<std::size_t>& members, const std::vector<double>& values)
{
    if (members.size() == 1)
        return values[0] * values[0] / (2 * inverse.at(members[0], members[0]));
    SymmetricMatrix part(members.size());
    for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t j = 0; j <= i; ++j)
            part.at(i, j) = inverse.at(std::max(members[i], members[j]), std::min(members[i], members[j]));
    const std::vector<double> solved = CholeskyFactor(part).solve(values);
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += values[i] * solved[i];
    return sum / 2;
}

/// Adds the block's part to the loss of each group, and its kept weights to the counts.
void addLosses(const ScoreInput& input, const Block& block, const Grouping& grouping, std::vector<double>& losses, std::vector<bool>& kept)
{
    if (block.kept().empty())
        return;
    const SymmetricMatrix inverse = CholeskyFactor(block.fisher()).inverse();
    std::map<std::uint32_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < block.kept().size(); ++i) {
        const std::size_t element = block.element(block.kept()[i]);
        groups[grouping.groupOf.empty() ? static_cast<std::uint32_t>(element) : grouping.groupOf[element]].push_back(i);
    }
    std::vector<double> values;
    for (const auto& [group, members] : groups) {
        values.clear();
        for (const std::size_t member : members)
            values.push_back(input.tensor.values[block.element(block.kept()[member])]);
        losses[group] += lossOf(inverse, members, values);
        kept[group] = true;
    }
}

} // namespace

Scores scoreGroupsByFisher(const ScoreInput& input, const Grouping& grouping)
{
    const FisherLayout layout = *FisherLayout::of(input.tensor.shape, *input.measured);
    const std::size_t groups = grouping.scores.size();
    std::vector<double> losses(groups);
    std::vector<bool> kept(groups);
    for (std::size_t block = 0; block < layout.rows * layout.blocks; ++block)
        addLosses(input, Block(input, layout, block), grouping, losses, kept);
    std::vector<std::uint32_t> sizes(groups, grouping.groupOf.empty() ? 1 : 0);
    for (const std::uint32_t group : grouping.groupOf)
        ++sizes[group];
    Scores scores(groups, prunedScore);
    for (std::size_t group = 0; group < groups; ++group)
        if (kept[group])
            scores[group] = static_cast<float>(losses[group] / sizes[group]);
    return scores;
}

Scores scoreByFisher(const ScoreInput& input)
{
    return scoreGroupsByFisher(input, {.scores = Scores(input.tensor.values.size())});
}

void compensateByFisher(const ScoreInput& input, Tensor& tensor)
{
    const FisherLayout layout = *FisherLayout::of(tensor.shape, *input.measured);
    for (std::size_t at = 0; at < layout.rows * layout.blocks; ++at) {
        const Block block(input, layout, at);
        std::vector<std::size_t> falls;
        for (std::size_t i = 0; i < block.count(); ++i)
            if (input.mask != nullptr && (*input.mask)[block.element(i)] == 0 && tensor.values[block.element(i)] != 0)
                falls.push_back(i);
        if (falls.empty())
            continue;
        std::vector<double> pull(block.kept().size());
        for (std::size_t i = 0; i < pull.size(); ++i)
            for (const std::size_t fallen : falls)
                pull[i] += block.at(block.kept()[i], fallen) * static_cast<double>(tensor.values[block.element(fallen)]);
        const std::vector<double> change = CholeskyFactor(block.fisher()).solve(std::move(pull));
        for (std::size_t i = 0; i < change.size(); ++i)
            tensor.values[block.element(block.kept()[i])] += static_cast<float>(change[i]);
        for (const std::size_t fallen : falls)
            tensor.values[block.element(fallen)] = 0;
    }
}

} // namespace espalier
