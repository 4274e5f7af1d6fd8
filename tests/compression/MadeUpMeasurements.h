// SPDX-License-Identifier: GPL-3.0-or-later
// What scores ask of data, made up, for what must hold whatever was measured.
#pragma once

#include "engine/compression/FisherBlocks.h"
#include "engine/compression/Scorer.h"

#include <cmath>
#include <memory>

namespace espalier::test {

/// Of @p gradient by itself.
inline Tensor fisherOf(const Tensor& gradient)
{
    const FisherLayout layout = FisherLayout::of(gradient.shape, 48);
    Tensor fisher{layout.shape(), std::vector<float>(layout.numbers())};
    for (std::size_t block = 0; block < layout.rows * layout.blocks; ++block) {
        float* sums = fisher.values.data() + block * layout.packed();
        addOuterProduct(gradient.values.data() + layout.begin(block), layout.sizeOf(block), sums);
        for (std::size_t i = 0; i < layout.size; ++i)
            sums[i * (i + 3) / 2] += 0.5F;
    }
    return fisher;
}

/// What @p score asks of data, from random @p numbers for every weight.
inline std::shared_ptr<const Weights> madeUpFor(const Scorer& score, Weights numbers)
{
    for (auto& [name, tensor] : numbers) {
        if (score.measures == Measurement::Fisher)
            tensor = fisherOf(tensor);
        if (score.measures == Measurement::InputNorms && !tensor.shape.empty()) {
            tensor.values.resize(tensor.values.size() / static_cast<std::size_t>(tensor.shape.front()));
            tensor.shape.front() = 1;
        }
        if (score.measures == Measurement::InputNorms || score.measures == Measurement::Movement)
            for (float& value : tensor.values)
                value = std::fabs(value);
    }
    return std::make_shared<const Weights>(std::move(numbers));
}

} // namespace espalier::test
