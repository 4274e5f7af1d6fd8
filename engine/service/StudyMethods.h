// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's methods that measure for minutes beside everything else, and say how far they are.
#pragma once

#include "engine/service/Methods.h"

namespace espalier {

MethodResult compressionSensitivity(MethodState& state, const Json& params, const std::stop_token& stop);

} // namespace espalier
