// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices of random int8 codes under masks of every kind that a pruner makes.
#pragma once

#include "engine/core/Random.h"
#include "engine/edge/kernels/Rows.h"

#include <numeric>

namespace espalier::test {

struct SparseCodes {
    std::size_t inputs = 0;
    std::vector<std::int8_t> codes;
    std::vector<float> scales;

    [[nodiscard]] edge::CodeMatrix view() const { return {codes, scales, inputs}; }
};

/// A code that is not zero.
inline std::int8_t randomCode(Random& random)
{
    const int magnitude = 1 + static_cast<int>(random.below(127));
    return static_cast<std::int8_t>(random.below(2) == 0 ? magnitude : -magnitude);
}

inline SparseCodes noCodes(Random& random, std::size_t outputs, std::size_t inputs)
{
    SparseCodes matrix{inputs, std::vector<std::int8_t>(outputs * inputs), std::vector<float>(outputs)};
    for (float& scale : matrix.scales)
        scale = static_cast<float>(random.uniform() * 2 - 1);
    return matrix;
}

/// Each code is kept with the probability @p density.
inline SparseCodes freeMask(Random& random, std::size_t outputs, std::size_t inputs, double density)
{
    SparseCodes matrix = noCodes(random, outputs, inputs);
    for (auto& code : matrix.codes)
        if (random.uniform() < density)
            code = randomCode(random);
    return matrix;
}

/// @p kept of every @p group inputs of a row, of the last ones as many as there are.
inline SparseCodes balancedMask(Random& random, std::size_t outputs, std::size_t inputs, std::size_t kept, std::size_t group = 64)
{
    SparseCodes matrix = noCodes(random, outputs, inputs);
    for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t begin = 0; begin < inputs; begin += group) {
            std::vector<std::size_t> order(std::min(group, inputs - begin));
            std::iota(order.begin(), order.end(), o * inputs + begin);
            random.shuffle(order);
            for (std::size_t i = 0; i < std::min(kept, order.size()); ++i)
                matrix.codes[order[i]] = randomCode(random);
        }
    return matrix;
}

} // namespace espalier::test
