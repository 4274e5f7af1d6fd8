// SPDX-License-Identifier: GPL-3.0-or-later
// RateCurve: what a search for a learning rate found: the loss as the rate grows, and the rate that it suggests.
#pragma once

#include "engine/core/Json.h"

#include <string>
#include <vector>

namespace espalier {

struct RateCurve {
    struct Point {
        double rate = 0;
        double loss = 0; ///< mean cross-entropy in nats, smoothed
        bool operator==(const Point&) const = default;
    };
    std::vector<Point> points; ///< by growing rate
    double suggestion = 0;     ///< 0: none
    std::string reason;        ///< English: why this one, or why none
};

Json toJson(const RateCurve& curve);

/// Suggests the rate at which the loss falls fastest over the logarithm of the rate (Smith, "Cyclical Learning Rates for Training Neural
/// Networks", 2017, reads it off the same curve), and says why.
void suggestRate(RateCurve& curve);

} // namespace espalier
