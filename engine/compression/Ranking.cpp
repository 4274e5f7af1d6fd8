// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Ranking.h"

#include "engine/compression/ComparisonUnits.h"
#include "engine/compression/FisherBlocks.h"

#include <algorithm>
#include <limits>

namespace espalier {

namespace {

Result<const Tensor*> findTensor(const Weights& weights, const Masks& masks, const std::string& name)
{
    const auto found = weights.find(name);
    if (found == weights.end())
        return Error{ErrorCode::InvalidArgument, "The weights have no tensor '" + name + "' to prune.",
                     "Use a checkpoint of the model it was made for."};
    if (found->second.values.empty())
        return Error{ErrorCode::InvalidArgument, "The tensor '" + name + "' has no elements to prune.", "Exclude that layer."};
    const auto mask = masks.find(name);
    if (mask != masks.end() && mask->second.size() != found->second.values.size())
        return Error{ErrorCode::InvalidArgument, "The mask of '" + name + "' has " + std::to_string(mask->second.size()) +
                                                     " elements, its tensor has " + std::to_string(found->second.values.size()) + "."};
    return &found->second;
}

/// Cuts by halves, so that each level of the recursion looks at every element once.
void partitionKeys(std::span<RankKey> keys, std::size_t first, std::span<const std::size_t> cuts)
{
    if (cuts.empty() || keys.size() < 2)
        return;
    const std::size_t middle = cuts.size() / 2;
    const std::size_t cut = cuts[middle] - first;
    if (cut < keys.size())
        std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(cut), keys.end());
    partitionKeys(keys.first(cut), first, cuts.first(middle));
    partitionKeys(keys.subspan(cut), first + cut, cuts.subspan(middle + 1));
}

/// What a measurement is called, and how it comes about.
struct Named {
    const char* name;
    const char* remedy;
};

Named named(Measurement measurement)
{
    constexpr auto remedy = "Measure them on training sentences first.";
    switch (measurement) {
    case Measurement::InputNorms: return {"the norms of the inputs", remedy};
    case Measurement::Fisher: return {"the second derivatives", remedy};
    case Measurement::Movement: return {"the movement", "It is gathered while the model trains: prune gradually."};
    default: return {"gradients", remedy};
    }
}

bool fits(Measurement measurement, const Tensor& measured, const Tensor& tensor)
{
    if (measurement == Measurement::Fisher)
        return FisherLayout::of(tensor.shape, measured).has_value();
    if (measurement != Measurement::InputNorms)
        return measured.values.size() == tensor.values.size();
    return measured.shape.size() == tensor.shape.size() &&
           std::equal(measured.shape.begin(), measured.shape.end(), tensor.shape.begin(), [](auto small, auto size) { return small == size || small == 1; });
}

Result<const Tensor*> findMeasured(const std::string& name, const Tensor& tensor, const Ranker& ranker)
{
    const Measurement asked = ranker.scorer->measures;
    if (asked == Measurement::None)
        return nullptr;
    const auto found = ranker.measured ? ranker.measured->find(name) : Weights::const_iterator();
    if (!ranker.measured || found == ranker.measured->end() || !fits(asked, found->second, tensor))
        return Error{ErrorCode::InvalidArgument,
                     "The score '" + ranker.scorer->id + "' needs " + named(asked).name + " of '" + name + "', which were not measured.", named(asked).remedy};
    return &found->second;
}

/// The groups of a tensor with their scores.
Result<Grouping> groupsOf(const std::string& name, const Tensor& tensor, const Mask* mask, const Ranker& ranker)
{
    ESPALIER_TRY(const Tensor* measured, findMeasured(name, tensor, ranker));
    const ScoreInput input{tensor, mask, tensorSeed(ranker.seed, name), measured};
    Scores scores = ranker.scorer->score(input);
    for (std::size_t i = 0; mask && i < scores.size(); ++i)
        if ((*mask)[i] == 0)
            scores[i] = prunedScore;
    const Pattern& pattern = ranker.patternOf(name);
    Grouping grouping = pattern.group(tensor.shape, std::move(scores));
    if (ranker.scorer->scoreGroups && !pattern.followsScores && !grouping.groupOf.empty())
        grouping.scores = ranker.scorer->scoreGroups(input, grouping);
    if (ranker.scorer->perOutput)
        placeWithinOutputs(grouping, tensor.shape, measured->shape);
    return grouping;
}

} // namespace

std::uint64_t tensorSeed(std::uint64_t seed, const std::string& name)
{
    std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a: the same on every platform
    for (const char letter : name)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
    return hash ^ seed;
}

Result<PoolRanking> PoolRanking::create(const Weights& weights, const Masks& masks, const RankingPool& pool, const Ranker& ranker)
{
    PoolRanking ranking;
    for (const auto& name : pool) {
        ESPALIER_TRY(const Tensor* tensor, findTensor(weights, masks, name));
        const auto mask = masks.find(name);
        ESPALIER_CHECK(ranking.add(name, *tensor, mask == masks.end() ? nullptr : &mask->second, ranker));
    }
    if (!ranking.even())
        ranking.sortBySize();
    return ranking;
}

Result<void> PoolRanking::add(const std::string& name, const Tensor& tensor, const Mask* mask, const Ranker& ranker)
{
    const Pattern& pattern = ranker.patternOf(name);
    if (tensor.shape.size() < pattern.dimensions)
        return Error{ErrorCode::InvalidArgument, "The pattern '" + pattern.id + "' needs tensors of " + std::to_string(pattern.dimensions) +
                                                     " dimensions; '" + name + "' has " + std::to_string(tensor.shape.size()) + ".",
                     "Exclude that layer, or choose another pattern."};
    ESPALIER_TRY(Grouping grouping, groupsOf(name, tensor, mask, ranker));
    const std::size_t first = m_keys.size();
    const std::size_t groups = grouping.scores.size();
    if (first + groups > std::numeric_limits<std::uint32_t>::max())
        return Error{ErrorCode::Unsupported, "More than 4 billion weights cannot be ranked together.", "Prune layer by layer."};
    m_keys.reserve(first + groups);
    for (const float score : grouping.scores) {
        m_alreadyPruned += score == prunedScore;
        m_keys.push_back(rankKey(score, m_keys.size()));
    }
    grouping.scores = {};
    const double share = static_cast<double>(tensor.values.size()) / static_cast<double>(groups);
    m_members.push_back({mask, tensor.values.size(), first, std::move(grouping), share});
    return {};
}

bool PoolRanking::even() const
{
    return std::all_of(m_members.begin(), m_members.end(),
                       [&](const Member& member) { return member.grouping.sizes.empty() && member.share == m_members.front().share; });
}

double PoolRanking::sizeOf(std::size_t place) const
{
    const auto after = std::upper_bound(m_members.begin(), m_members.end(), place, [](std::size_t p, const Member& m) { return p < m.firstGroup; });
    const Member& member = *std::prev(after);
    return member.grouping.sizes.empty() ? member.share : member.grouping.sizes[place - member.firstGroup];
}

void PoolRanking::sortBySize()
{
    std::sort(m_keys.begin(), m_keys.end());
    m_elements.assign(1, 0.0);
    for (const RankKey key : m_keys)
        m_elements.push_back(m_elements.back() + sizeOf(placeOf(key)));
}

std::size_t PoolRanking::nearest(double elements) const
{
    const auto above = std::lower_bound(m_elements.begin(), m_elements.end(), elements);
    if (above == m_elements.begin() || above == m_elements.end())
        return above == m_elements.begin() ? 0 : groups();
    const bool below = elements - *std::prev(above) <= *above - elements;
    return static_cast<std::size_t>(above - m_elements.begin()) - (below ? 1 : 0);
}

Result<std::size_t> PoolRanking::pruned(const Amount& amount) const
{
    const std::size_t base = amount.ofRemaining ? m_alreadyPruned : 0;
    const std::size_t available = groups() - base;
    if (amount.count && *amount.count > available)
        return Error{ErrorCode::InvalidArgument, "The amount is " + std::to_string(*amount.count) + ", but only " + std::to_string(available) +
                                                     " can be pruned.",
                     "Use a smaller one."};
    if (amount.count)
        return std::max(base + *amount.count, m_alreadyPruned);
    if (m_elements.empty())
        return std::max(base + prunedCount(amount.share, available), m_alreadyPruned);
    return std::max(nearest(m_elements[base] + amount.share * (m_elements.back() - m_elements[base])), m_alreadyPruned);
}

std::vector<std::vector<std::uint8_t>> PoolRanking::steps(const std::vector<std::size_t>& cuts)
{
    if (m_elements.empty())
        partitionKeys(m_keys, 0, cuts);
    std::vector<std::uint8_t> ofGroup(groups(), static_cast<std::uint8_t>(cuts.size()));
    std::size_t done = 0;
    for (std::size_t cut = 0; cut < cuts.size(); ++cut)
        for (; done < cuts[cut]; ++done)
            ofGroup[placeOf(m_keys[done])] = static_cast<std::uint8_t>(cut);
    std::vector<std::vector<std::uint8_t>> result;
    for (const Member& member : m_members) {
        auto& steps = result.emplace_back(member.elements);
        const auto* groupOf = member.grouping.groupOf.empty() ? nullptr : member.grouping.groupOf.data();
        for (std::size_t i = 0; i < member.elements; ++i)
            steps[i] = member.mask && (*member.mask)[i] == 0 ? 0 : ofGroup[member.firstGroup + (groupOf ? groupOf[i] : i)];
    }
    return result;
}

} // namespace espalier
