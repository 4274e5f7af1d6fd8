// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/SparsityEstimate.h"

#include <numeric>

namespace espalier {
namespace {

/// Between two steps, or beyond the last: how far layers that are ranked together go down.
struct Depth {
    std::size_t step = 0;
    double fraction = 0; ///< of the way to the next step; of the way to nothing left, from the last one on
};

struct Range {
    std::int64_t least;
    std::int64_t most;
};

class Estimator {
public:
    Estimator(const SparsityProfile& profile, int step, const LayerChoices& choices) : m_profile(profile), m_step(static_cast<std::size_t>(step)), m_choices(choices) {}

    SparsityEstimate estimate() const
    {
        const std::int64_t plain = m_profile.steps[m_step].estimatedBytes;
        SparsityEstimate made{m_profile.layers, plain, plain, plain};
        std::map<std::int64_t, Depth> depths;
        for (std::size_t i = 0; i < made.layers.size(); ++i)
            if (const std::int64_t pool = m_profile.pools[i]; pool >= 0 && !depths.contains(pool))
                depths[pool] = depthOf(pool);
        for (std::size_t i = 0; i < made.layers.size(); ++i) {
            LayerSparsity& layer = made.layers[i];
            layer.prunable = isOwn(i) || isPooled(i);
            if (isOwn(i))
                setAlone(i, m_choices.sparsities.at(layer.name), layer);
            Range bytes{layer.bytes, layer.bytes};
            if (isPooled(i))
                bytes = setAt(i, depths.at(m_profile.pools[i]), layer);
            const std::int64_t before = m_profile.steps[m_step].bytes[i];
            made.packageBytes += layer.bytes - before;
            made.leastBytes += bytes.least - before;
            made.mostBytes += bytes.most - before;
        }
        return made;
    }

private:
    [[nodiscard]] bool isExcluded(std::size_t layer) const
    {
        return std::find(m_choices.excluded.begin(), m_choices.excluded.end(), m_profile.layers[layer].name) != m_choices.excluded.end();
    }
    [[nodiscard]] bool isOwn(std::size_t layer) const { return !isExcluded(layer) && m_choices.sparsities.contains(m_profile.layers[layer].name); }
    [[nodiscard]] bool isPooled(std::size_t layer) const { return m_profile.pools[layer] >= 0 && !isExcluded(layer) && !isOwn(layer); }

    [[nodiscard]] std::int64_t prunedAt(const std::vector<std::size_t>& layers, std::size_t step) const
    {
        return std::accumulate(layers.begin(), layers.end(), std::int64_t{0},
                               [&](std::int64_t sum, std::size_t i) { return sum + m_profile.layers[i].weights - m_profile.steps[step].kept[i]; });
    }

    /// Where those that stay in @p pool lose together what the position asks of them.
    [[nodiscard]] Depth depthOf(std::int64_t pool) const
    {
        std::vector<std::size_t> stay;
        std::int64_t weights = 0;
        bool whole = true;
        for (std::size_t i = 0; i < m_profile.layers.size(); ++i) {
            if (m_profile.pools[i] != pool)
                continue;
            whole = whole && isPooled(i);
            if (isPooled(i)) {
                stay.push_back(i);
                weights += m_profile.layers[i].weights;
            }
        }
        if (whole)
            return {m_step, 0};
        const double wanted = sparsityOfStep(static_cast<int>(m_step)) * static_cast<double>(weights);
        std::size_t step = 0;
        while (step + 1 < m_profile.steps.size() && static_cast<double>(prunedAt(stay, step + 1)) <= wanted)
            ++step;
        const auto reached = static_cast<double>(prunedAt(stay, step));
        const double next = step + 1 < m_profile.steps.size() ? static_cast<double>(prunedAt(stay, step + 1)) : static_cast<double>(weights);
        return {step, next > reached ? std::clamp((wanted - reached) / (next - reached), 0.0, 1.0) : 0};
    }

    /// The bytes of the two steps that it lies between.
    Range setAt(std::size_t i, const Depth& depth, LayerSparsity& layer) const
    {
        const auto between = [&](std::int64_t from, std::int64_t to) {
            return std::llround(static_cast<double>(from) + depth.fraction * static_cast<double>(to - from));
        };
        const auto& here = m_profile.steps[depth.step];
        const bool last = depth.step + 1 == m_profile.steps.size();
        const std::int64_t next = last ? 0 : m_profile.steps[depth.step + 1].bytes[i];
        layer.kept = between(here.kept[i], last ? 0 : m_profile.steps[depth.step + 1].kept[i]);
        layer.bytes = between(here.bytes[i], next);
        return depth.fraction > 0 ? Range{std::min(next, here.bytes[i]), std::max(next, here.bytes[i])} : Range{layer.bytes, layer.bytes};
    }

    void setAlone(std::size_t i, double sparsity, LayerSparsity& layer) const
    {
        const SparsityProfile::Curve& curve = m_profile.alone[i];
        const double place = std::clamp(sparsity * sparsityStepCount, 0.0, static_cast<double>(m_profile.steps.size()));
        const auto step = std::min(static_cast<std::size_t>(place), m_profile.steps.size() - 1);
        const auto valueAt = [&](std::size_t at, const std::vector<std::int64_t>& alone, const std::vector<std::int64_t> SparsityProfile::Step::* pooled) {
            return static_cast<double>(at >= m_profile.steps.size() ? 0 : alone.empty() ? (m_profile.steps[at].*pooled)[i] : alone[at]);
        };
        const auto between = [&](const std::vector<std::int64_t>& alone, const std::vector<std::int64_t> SparsityProfile::Step::* pooled) {
            const double from = valueAt(step, alone, pooled);
            return std::llround(from + (place - static_cast<double>(step)) * (valueAt(step + 1, alone, pooled) - from));
        };
        layer.kept = between(curve.kept, &SparsityProfile::Step::kept);
        layer.bytes = between(curve.bytes, &SparsityProfile::Step::bytes);
    }

    const SparsityProfile& m_profile;
    std::size_t m_step;
    const LayerChoices& m_choices;
};

} // namespace

SparsityEstimate estimateSparsity(const SparsityProfile& profile, int step, const LayerChoices& choices)
{
    return Estimator(profile, step, choices).estimate();
}

} // namespace espalier
