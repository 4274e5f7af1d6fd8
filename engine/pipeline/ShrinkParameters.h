// SPDX-License-Identifier: GPL-3.0-or-later
// The Shrink node's parameters as options of shrinking.
#pragma once

#include "engine/compression/GroupImportance.h"
#include "engine/core/ParameterSpec.h"

namespace espalier {

/// What stays, as keptParameters() have it; kinds that stay whole are left out. @p fitted is what "fit" means. InvalidArgument: a text that is no amount, with
/// its parameter's name.
Result<KeptAmounts> keptAmounts(const Parameters& parameters, std::int64_t fitted);

/// Whether the positions are to fit the training part.
bool fitsPositions(const Parameters& parameters);

/// The rest of shrinkParameters().
GroupScoreOptions groupScoreOptions(const Parameters& parameters);

} // namespace espalier
