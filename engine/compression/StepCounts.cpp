// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/StepCounts.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace espalier {

namespace {

using Steps = std::span<const std::uint8_t>;
/// By step; the last entry is of what no step prunes.
template <typename T>
using ByStep = std::array<T, stepCount + 1>;

/// The largest |value| of @p row that is left at each step.
ByStep<float> largestLeft(std::span<const float> row, Steps steps)
{
    ByStep<float> largest{};
    for (std::size_t i = 0; i < row.size(); ++i)
        if (steps[i] > 0)
            largest[steps[i] - 1u] = std::max(largest[steps[i] - 1u], std::fabs(row[i]));
    for (std::size_t step = stepCount; step-- > 0;)
        largest[step] = std::max(largest[step], largest[step + 1]);
    return largest;
}

/// Adds the int8 codes other than 0 of one row, as differences from step to step. The scale of a row follows its largest weight, and
/// scores other than magnitude prune that one before others: so the codes are counted for each scale that the row comes to have.
void addCodes(std::span<const float> row, Steps steps, ByStep<std::int64_t>& changes)
{
    const ByStep<float> largest = largestLeft(row, steps);
    for (std::size_t begin = 0; begin < stepCount && largest[begin] > 0;) {
        std::size_t end = begin + 1;
        while (end < stepCount && largest[end] == largest[begin])
            ++end;
        const float scale = rowScale(largest[begin]);
        for (std::size_t i = 0; i < row.size(); ++i)
            if (steps[i] > begin && rowCode(row[i], scale) != 0) {
                ++changes[begin];
                --changes[std::min<std::size_t>(steps[i], end)];
            }
        begin = end;
    }
}

} // namespace

StepCounts countSteps(const Tensor& tensor, const std::vector<std::uint8_t>& steps)
{
    ByStep<std::int64_t> kept{};
    ByStep<std::int64_t> values{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        ++kept[steps[i]];
        values[steps[i]] += tensor.values[i] != 0;
    }
    ByStep<std::int64_t> codeChanges{};
    const std::size_t rows = tensor.shape.size() > 1 ? static_cast<std::size_t>(tensor.shape.front()) : 0;
    const std::size_t columns = rows == 0 ? 0 : steps.size() / rows;
    for (std::size_t row = 0; row < rows; ++row)
        addCodes(std::span(tensor.values).subspan(row * columns, columns), Steps(steps).subspan(row * columns, columns), codeChanges);

    StepCounts counts;
    std::int64_t left = 0;
    std::int64_t valuesLeft = 0;
    for (std::size_t step = stepCount; step-- > 0;) {
        counts.kept[step] = left += kept[step + 1];
        counts.stored[step].values = static_cast<std::uint64_t>(valuesLeft += values[step + 1]);
    }
    std::int64_t codes = 0;
    for (std::size_t step = 0; step < stepCount; ++step)
        counts.stored[step].codes = static_cast<std::uint64_t>(codes += codeChanges[step]);
    return counts;
}

} // namespace espalier
