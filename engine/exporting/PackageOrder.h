// SPDX-License-Identifier: GPL-3.0-or-later
// PackageOrder: the order in which a package holds the tokens of a vocabulary of words or characters: that of their bytes, in which a list
// of words takes a fifth less than by frequency. Which token stands where means nothing to a model.
#pragma once

#include "engine/training/Checkpoint.h"

namespace espalier {

/// @p checkpoint with its tokens in order. As it is where ids mean something: subwords, whose ids stand in a file, and hashed n-grams.
Checkpoint inPackageOrder(const Checkpoint& checkpoint);

} // namespace espalier
