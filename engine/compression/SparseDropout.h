// SPDX-License-Identifier: GPL-3.0-or-later
// Dropout for a model that is left with few weights: with as much of it as the dense model had, it cannot learn what it knew.
#pragma once

#include "engine/models/ModelCatalog.h"

namespace espalier {

/// @p model with its dropout multiplied by the square root of the share @p kept of its weights, 0 to 1 (Han, Pool, Tran and Dally, "Learning both weights and
/// connections for efficient neural networks", NeurIPS 2015, section 3.2). Words that are dropped are examples of the unknown word and stay as many.
ModelSpec withDropoutFor(double kept, ModelSpec model);

} // namespace espalier
