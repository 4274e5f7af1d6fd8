// SPDX-License-Identifier: GPL-3.0-or-later
// PruneParameters: the Prune node's parameters as options of pruning.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/core/ParameterSpec.h"

namespace espalier {

/// @p parameters hold those of pruningParameters(), complete and checked. InvalidArgument: a list of layers that cannot be read.
Result<PruneOptions> pruneOptions(const Parameters& parameters);

/// pruningParameters() from a request's fields, of which any may be left out; the sparsity is 0 then. Fields that are none of these are not read.
Result<Parameters> pruningChoice(const Json& json);

} // namespace espalier
