// SPDX-License-Identifier: GPL-3.0-or-later
// baselineFor(): the hashed n-gram model on a Train node's data. Its score is kept beside the store, named by all that decides it, so that it
// is trained once for the same data and not whenever the larger model is trained anew.
#pragma once

#include "engine/pipeline/NodeAdapter.h"
#include "engine/reports/BaselineScore.h"

namespace espalier {

inline constexpr const char* baselineArchitecture = "ngram";

/// Nothing for tasks that the n-gram model does not do. Errors: as train(); Cancelled.
Result<std::optional<BaselineScore>> baselineFor(const StageInputs& inputs, RunContext& context);

} // namespace espalier
