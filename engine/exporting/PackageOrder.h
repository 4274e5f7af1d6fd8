// SPDX-License-Identifier: GPL-3.0-or-later
// PackageOrder: the order in which a package holds the tokens of a vocabulary: that of their bytes, in which a list of words takes half of what it takes by
// frequency, and is unpacked fastest. Which token stands where means nothing to a model.
#pragma once

#include "engine/training/Checkpoint.h"

namespace espalier {

/// @p checkpoint with its tokens in order. As it is where ids mean something: to hashed n-grams, and to subwords with merges or scores, which follow each other.
Checkpoint inPackageOrder(const Checkpoint& checkpoint);

} // namespace espalier
