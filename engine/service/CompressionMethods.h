// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's methods about what was measured of a checkpoint, sweeps, and the search for a recipe.
#pragma once

#include "engine/service/Methods.h"

namespace espalier {

MethodResult compressionMeasured(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult compressionSearch(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult compressionSearches(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult compressionSweep(MethodState& state, const Json& params, const std::stop_token& stop);

} // namespace espalier
