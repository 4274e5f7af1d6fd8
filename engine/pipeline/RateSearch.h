// SPDX-License-Identifier: GPL-3.0-or-later
// searchLearningRate(): the search for a learning rate on what a Train node of a project would train. Stored results of that node stay as
// they are.
#pragma once

#include "engine/pipeline/Pipeline.h"
#include "engine/reports/RateCurve.h"

namespace espalier {

/// Errors: @p node is no Train node (names those there are); as findLearningRate(). Call only when the validator found no error for it.
Result<RateCurve> searchLearningRate(Pipeline& pipeline, const std::string& node, RunContext& context);

} // namespace espalier
