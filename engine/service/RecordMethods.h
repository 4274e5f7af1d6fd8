// SPDX-License-Identifier: GPL-3.0-or-later
// The protocol's methods about what earlier runs left: the sentences of an evaluation, the records of runs, and the store.
#pragma once

#include "engine/service/Methods.h"

namespace espalier {

MethodResult evaluationExamples(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult runsList(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult runsChange(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult runsDelete(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult runsRestore(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult runsExport(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult storeInfo(MethodState& state, const Json& params, const std::stop_token& stop);
MethodResult storeClean(MethodState& state, const Json& params, const std::stop_token& stop);

} // namespace espalier
