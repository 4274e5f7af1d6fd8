// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Scorers.h"

#include "engine/core/Random.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace espalier {

Scores scoreByMagnitude(const ScoreInput& input)
{
    Scores scores(input.tensor.values.size());
    std::transform(input.tensor.values.begin(), input.tensor.values.end(), scores.begin(), [](float value) { return std::fabs(value); });
    return scores;
}

Scores scoreByLamp(const ScoreInput& input)
{
    Scores scores = scoreByMagnitude(input);
    for (std::size_t i = 0; input.mask && i < scores.size(); ++i)
        scores[i] *= static_cast<float>((*input.mask)[i]); // what is pruned weighs nothing in the sums
    // The bits of floats that are not negative sort like the floats, and values that are no number among them.
    std::vector<std::uint64_t> order(scores.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = std::uint64_t{std::bit_cast<std::uint32_t>(scores[i])} << 32 | i;
    std::sort(order.begin(), order.end(), std::greater());
    double sum = 0;
    for (const std::uint64_t key : order) {
        float& score = scores[static_cast<std::uint32_t>(key)];
        const double square = static_cast<double>(score) * score;
        sum += square;
        score = sum == 0 ? 0 : static_cast<float>(square / sum);
    }
    return scores;
}

Scores scoreAtRandom(const ScoreInput& input)
{
    Random random(input.seed);
    Scores scores(input.tensor.values.size());
    std::generate(scores.begin(), scores.end(), [&] { return static_cast<float>(random.uniform()); });
    return scores;
}

} // namespace espalier
