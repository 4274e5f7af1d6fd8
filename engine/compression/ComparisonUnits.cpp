// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/ComparisonUnits.h"

#include "engine/compression/Ranking.h"

#include <algorithm>
#include <optional>

namespace espalier {

BroadcastIndex::BroadcastIndex(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& small)
{
    std::size_t inner = 1;
    std::size_t innerSmall = 1;
    for (std::size_t d = shape.size(); d-- > 0;) {
        m_dimensions.push_back({static_cast<std::size_t>(shape[d]), inner, small[d] == 1 ? 0 : innerSmall});
        inner *= static_cast<std::size_t>(shape[d]);
        innerSmall *= static_cast<std::size_t>(small[d]);
    }
}

std::size_t BroadcastIndex::at(std::size_t element) const
{
    std::size_t place = 0;
    for (const Dimension& d : m_dimensions)
        place += d.stride == 0 ? 0 : element / d.inner % d.size * d.stride;
    return place;
}

namespace {

/// The dimensions that tell outputs apart, in the form that BroadcastIndex takes.
std::vector<std::int64_t> outputShape(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& inputs)
{
    std::vector<std::int64_t> outputs(shape.size());
    for (std::size_t d = 0; d < shape.size(); ++d)
        outputs[d] = inputs[d] == 1 ? shape[d] : 1;
    return outputs;
}

/// The output of each group; nothing where one spans several, or is all that an output has.
std::optional<std::vector<std::uint32_t>> outputsOf(const Grouping& grouping, const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& inputs,
                                                    std::size_t elements)
{
    constexpr std::uint32_t unknown = ~0u;
    const BroadcastIndex index(shape, outputShape(shape, inputs));
    std::vector<std::uint32_t> outputs(grouping.scores.size(), unknown);
    std::size_t largest = 0;
    for (std::size_t i = 0; i < elements; ++i) {
        const auto output = static_cast<std::uint32_t>(index.at(i));
        std::uint32_t& known = outputs[grouping.groupOf.empty() ? i : grouping.groupOf[i]];
        if (known != unknown && known != output)
            return std::nullopt;
        known = output;
        largest = std::max<std::size_t>(largest, output);
    }
    return outputs.size() > largest + 1 ? std::optional(std::move(outputs)) : std::nullopt;
}

} // namespace

void placeWithinOutputs(Grouping& grouping, const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& inputs)
{
    std::size_t elements = 1;
    for (const auto size : shape)
        elements *= static_cast<std::size_t>(size);
    const std::size_t groups = grouping.scores.size();
    const auto outputs = outputsOf(grouping, shape, inputs, elements).value_or(std::vector<std::uint32_t>(groups, 0));
    std::vector<RankKey> order;
    for (std::size_t group = 0; group < groups; ++group)
        order.push_back(rankKey(grouping.scores[group], group));
    std::sort(order.begin(), order.end());
    std::vector<double> whole(groups == 0 ? 0 : 1 + *std::max_element(outputs.begin(), outputs.end()));
    const auto sizeOf = [&](std::size_t group) { return grouping.sizes.empty() ? 1.0 : grouping.sizes[group]; };
    for (std::size_t group = 0; group < groups; ++group)
        whole[outputs[group]] += sizeOf(group);
    std::vector<double> before(whole.size());
    for (const RankKey key : order) {
        const std::size_t group = placeOf(key);
        const double size = sizeOf(group);
        if (grouping.scores[group] != prunedScore)
            grouping.scores[group] = static_cast<float>((before[outputs[group]] + size / 2) / whole[outputs[group]]);
        before[outputs[group]] += size;
    }
}

} // namespace espalier
