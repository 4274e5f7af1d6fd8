// SPDX-License-Identifier: GPL-3.0-or-later
// What the Shrink node does: chooses what goes, takes it out, and wins accuracy back.
#pragma once

#include "engine/pipeline/NodeAdapter.h"

namespace espalier {

/// The node's checkpoint, shrunk and recovered as its parameters say. Errors in the parameters come before any work. Says in the log what went, and how many
/// validation sentences no longer fit.
Result<Checkpoint> shrinkAndRecover(const StageInputs& inputs, RunContext& context);

} // namespace espalier
