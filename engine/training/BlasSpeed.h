// SPDX-License-Identifier: GPL-3.0-or-later
// measureBlas(): how fast this machine's matrix product is. Debian's LibTorch uses whatever BLAS is installed, and the reference BLAS
// makes training tens of times slower without a word: so the engine measures once at start and says so.
#pragma once

#include "engine/core/RunContext.h"

#include <string>

namespace espalier {

struct BlasSpeed {
    double gflops = 0; ///< of a 512 x 512 fp32 product, in 10^9 operations a second
    bool slow = false; ///< below 15, and not with OpenBLAS
    std::string library = {}; ///< path of the BLAS in use
    /// English: what to do; empty when the speed is fine.
    [[nodiscard]] std::string remedy() const;
};

/// Takes a few milliseconds; on a slow BLAS up to 0.2 s.
BlasSpeed measureBlas();

/// Measures and warns in @p context when the BLAS is slow.
void warnAboutSlowBlas(RunContext& context);

} // namespace espalier
