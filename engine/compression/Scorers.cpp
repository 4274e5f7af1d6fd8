// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Scorers.h"

#include "engine/compression/ComparisonUnits.h"
#include "engine/core/Random.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace espalier {

namespace {

/// Places by score, of equal scores the first first. By digits of the floats' bits, which sort as the floats do where none is negative:
/// std::sort takes ten times as long, and a hand may be at the slider.
std::vector<std::uint32_t> ascendingOrder(const Scores& scores)
{
    constexpr int digitBits = 11;
    constexpr std::size_t digits = std::size_t{1} << digitBits;
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0u);
    std::vector<std::uint32_t> next(scores.size());
    for (int shift = 0; shift < 32; shift += digitBits) {
        const auto digit = [&](std::uint32_t place) { return std::bit_cast<std::uint32_t>(scores[place]) >> shift & (digits - 1); };
        std::array<std::size_t, digits + 1> begins{};
        for (const auto place : order)
            ++begins[digit(place) + 1];
        std::partial_sum(begins.begin(), begins.end(), begins.begin());
        for (const auto place : order)
            next[begins[digit(place)]++] = place;
        order.swap(next);
    }
    return order;
}

} // namespace

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
    const std::vector<std::uint32_t> order = ascendingOrder(scores);
    double sum = 0;
    for (auto place = order.rbegin(); place != order.rend(); ++place) {
        float& score = scores[*place];
        const double square = static_cast<double>(score) * score;
        sum += square;
        score = sum == 0 ? 0 : static_cast<float>(square / sum);
    }
    return scores;
}

Scores scoreByTaylor(const ScoreInput& input)
{
    Scores scores(input.tensor.values.size());
    std::transform(input.tensor.values.begin(), input.tensor.values.end(), input.measured->values.begin(), scores.begin(),
                   [](float value, float gradient) { return std::fabs(value * gradient); });
    return scores;
}

Scores scoreByWanda(const ScoreInput& input)
{
    Scores scores(input.tensor.values.size());
    const BroadcastIndex norm(input.tensor.shape, input.measured->shape);
    for (std::size_t i = 0; i < scores.size(); ++i)
        scores[i] = std::fabs(input.tensor.values[i]) * input.measured->values[norm.at(i)];
    return scores;
}

Scores scoreByMovement(const ScoreInput& input)
{
    return input.measured->values;
}

Scores scoreAtRandom(const ScoreInput& input)
{
    Random random(input.seed);
    Scores scores(input.tensor.values.size());
    std::generate(scores.begin(), scores.end(), [&] { return static_cast<float>(random.uniform()); });
    return scores;
}

} // namespace espalier
