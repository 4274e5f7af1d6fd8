// SPDX-License-Identifier: GPL-3.0-or-later
// QuantizationParameters: in how many bits weights are stored. What quantises shares them.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier {

/// "weights", "embeddings" and "group_size".
std::vector<ParameterSpec> quantizationParameters();
/// The same with "precision" in the place of "weights", which may also be fp32, or what a checkpoint says.
std::vector<ParameterSpec> packagePrecisionParameters();

} // namespace espalier
