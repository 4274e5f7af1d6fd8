// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's method about tokens: how a node's tokenizer divides a text.
#pragma once

#include "engine/service/Methods.h"

namespace espalier {

MethodResult tokenize(MethodState& state, const Json& params, const std::stop_token& stop);

} // namespace espalier
