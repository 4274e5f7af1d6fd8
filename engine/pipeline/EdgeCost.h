// SPDX-License-Identifier: GPL-3.0-or-later
// EdgeCost: what a package costs to run, measured on this computer with the runtime that devices get. Sparsity is no speed: only a
// measurement says whether fewer weights are quicker or need less memory.
#pragma once

#include "engine/core/RunContext.h"
#include "engine/reports/CompressionReport.h"

#include <string>

namespace espalier {

/// Runs espalier-edge for a moment over the self-test sentences in @p package (the file's bytes), in a folder of its own that is gone
/// afterwards. NotFound: there is no runtime for this computer. Cancelled within 200 ms.
Result<EdgeCost> measureEdgeCost(const std::string& package, const RunContext& context);

} // namespace espalier
