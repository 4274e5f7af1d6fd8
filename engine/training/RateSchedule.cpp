// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/RateSchedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace espalier {
namespace {

constexpr double warmUpShare = 0.05;

} // namespace

double RateSchedule::at(std::int64_t step) const
{
    const auto warmUp = std::max<std::int64_t>(1, static_cast<std::int64_t>(warmUpShare * static_cast<double>(steps)));
    if (step < warmUp)
        return peak * static_cast<double>(step + 1) / static_cast<double>(warmUp);
    const double done = static_cast<double>(step - warmUp) / static_cast<double>(std::max<std::int64_t>(1, steps - warmUp));
    return peak * 0.5 * (1 + std::cos(std::numbers::pi * std::min(1.0, done)));
}

} // namespace espalier
