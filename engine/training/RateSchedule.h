// SPDX-License-Identifier: GPL-3.0-or-later
// RateSchedule: the learning rate at each step: linear growth over the first 5 % of the steps, then half a cosine down to zero
// (Loshchilov and Hutter, "SGDR", 2017, without restarts).
#pragma once

#include <cstdint>

namespace espalier {

struct RateSchedule {
    double peak = 0;
    std::int64_t steps = 0; ///< in all

    /// @p step counts from 0.
    [[nodiscard]] double at(std::int64_t step) const;
};

} // namespace espalier
