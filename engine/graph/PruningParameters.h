// SPDX-License-Identifier: GPL-3.0-or-later
// PruningParameters: what decides which weights the Prune node sets to zero. The node, the sparsity slider's requests and the
// Compression panel share them.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier {

const std::vector<ParameterSpec>& pruningParameters();

/// The score that grows while a model trains, so that it prunes gradually only.
inline constexpr auto scoreOfTraining = "movement";

} // namespace espalier
