// SPDX-License-Identifier: GPL-3.0-or-later
// BaselineScore: what the hashed n-gram model reaches on the same data, so that a larger model can show what it gains for its bytes.
#pragma once

#include "engine/core/Json.h"

#include <cstdint>

namespace espalier {

struct BaselineScore {
    double accuracy = 0; ///< on the validation part, 0 to 1
    double macroF1 = 0;
    std::int64_t packageBytes = 0; ///< in int8
    double seconds = 0;  ///< that training it took
    bool operator==(const BaselineScore&) const = default;
};

Json toJson(const BaselineScore& score);
Result<BaselineScore> baselineScoreFromJson(const Json& json);

} // namespace espalier
