// SPDX-License-Identifier: GPL-3.0-or-later
// What a package holds of a checkpoint's weights: rounded as its tensors' records say.
#pragma once

#include "engine/edge/PackageFormat.h"
#include "engine/models/Quantization.h"

namespace espalier {

/// How the tensor of @p record is quantised; fp32 where it is not.
Precision precisionOf(const edge::TensorRecord& record);

/// @p weights, those that @p header stores as codes rounded to them.
Weights packagedWeights(Weights weights, const edge::PackageHeader& header);

} // namespace espalier
