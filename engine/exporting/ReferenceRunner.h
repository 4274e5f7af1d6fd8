// SPDX-License-Identifier: GPL-3.0-or-later
// ReferenceRunner: computes an op program as engine/edge/Program.h describes it, in plain fp32 loops that share no code with
// the edge runtime. Slow; used to find the op that goes wrong when a package does not answer as its model does.
#pragma once

#include "engine/edge/Program.h"
#include "engine/models/Weights.h"

#include <span>

namespace espalier {

struct ReferenceValue {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values; ///< row-major
};

/// Every value of @p program for one sentence, by name, over @p tensors. Errors: an op or activation that is not known, a value
/// or tensor that does not exist or does not fit.
Result<std::map<std::string, ReferenceValue>> runReference(const edge::Program& program, const Weights& tensors, std::span<const std::int32_t> ids);

} // namespace espalier
