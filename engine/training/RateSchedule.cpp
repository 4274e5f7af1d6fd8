// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/RateSchedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace espalier {
namespace {

constexpr double cycleStart = 1.0 / 25;  ///< of one_cycle's peak
constexpr double cycleEnd = 1.0 / 25e3;
constexpr double highMomentum = 0.95;
constexpr double lowMomentum = 0.85;

/// From @p from to @p to as half a cosine.
double glide(double from, double to, double share)
{
    return to + (from - to) * 0.5 * (1 + std::cos(std::numbers::pi * share));
}

} // namespace

StepRates RateSchedule::at(double done) const
{
    done = std::clamp(done, 0.0, 1.0);
    const bool rising = done < warmUp;
    const double share = rising ? done / warmUp : (done - warmUp) / std::max(1e-12, 1 - warmUp);
    if (kind == "one_cycle")
        return {peak * (rising ? glide(cycleStart, 1, share) : glide(1, cycleEnd, share)),
                rising ? glide(highMomentum, lowMomentum, share) : glide(lowMomentum, highMomentum, share)};
    if (rising)
        return {peak * share, momentum};
    if (kind == "linear")
        return {peak * (1 - share), momentum};
    return {kind == "cosine" ? peak * glide(1, 0, share) : peak, momentum};
}

} // namespace espalier
