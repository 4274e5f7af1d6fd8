// SPDX-License-Identifier: Apache-2.0
// OutputShapes: the shape of what each op makes, from the shapes of its inputs and tensors alone. With it all values of a program have their places before any tensor is
// decoded, so that ops can be made ready in any order, on several threads.
#pragma once

#include "engine/edge/ops/Step.h"

namespace espalier::edge {

/// The values of @p program, in the order of its ops, each in a place of @p context, which holds them by name afterwards. Nothing where an op is none that this knows, or is
/// malformed: making the ops one after the other then says why.
std::optional<std::vector<ValueInfo>> placeValues(const Program& program, const PackageReader& reader, BuildContext& context);

} // namespace espalier::edge
