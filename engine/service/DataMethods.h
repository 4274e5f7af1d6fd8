// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's methods about data: looking at a file before it is imported, and at what a node made of it.
#pragma once

#include "engine/service/Methods.h"

namespace espalier {

MethodResult dataInspect(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult dataSummary(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult dataRows(MethodState& state, const Json& params, const std::stop_token& stop);

} // namespace espalier
