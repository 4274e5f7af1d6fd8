// SPDX-License-Identifier: GPL-3.0-or-later
// QuantizeParameters: a node's parameters of quantisation as a text that Checkpoint::schemeFor() takes.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier {

/// @p parameters hold those of quantizationParameters() or packagePrecisionParameters(), complete and checked.
std::string schemeText(const Parameters& parameters);

} // namespace espalier
