// SPDX-License-Identifier: GPL-3.0-or-later
// The parameters of the Shrink node that say what goes.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier {

/// How much of each kind stays, by the parameter of the model that counts it; then the score, the sentences it is measured on and its seed.
const std::vector<ParameterSpec>& shrinkParameters();

/// The first of them.
const std::vector<ParameterSpec>& keptParameters();

} // namespace espalier
