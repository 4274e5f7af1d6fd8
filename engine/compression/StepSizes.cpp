// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/StepSizes.h"

namespace espalier {

/// Walks from the sparsest step to the densest, so that each element is added once.
Result<StepSizes> sizesOfSteps(StoredSize stored, const std::vector<std::uint8_t>& steps)
{
    std::vector<std::vector<std::uint32_t>> places(stepCount + 1);
    for (std::size_t i = 0; i < steps.size(); ++i)
        places[steps[i]].push_back(static_cast<std::uint32_t>(i));
    StepSizes sizes;
    std::size_t kept = 0;
    for (std::size_t step = stepCount; step-- > 0;) {
        stored.keep(places[step + 1]);
        sizes.kept[step] = static_cast<std::int64_t>(kept += places[step + 1].size());
        ESPALIER_TRY(sizes.bytes[step], stored.bytes());
    }
    return sizes;
}

} // namespace espalier
