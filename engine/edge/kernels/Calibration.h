// SPDX-License-Identifier: Apache-2.0
// Calibration: what products take in each layout on the processor that we run on, in place of the costs in the kernels' tables, which were measured once on another of its kind.
#pragma once

#include "engine/edge/kernels/Kernels.h"

namespace espalier::edge {

/// The table with costs measured by this thread, in about 50 ms of its processor time (more where that is too short for three runs of each product): random
/// matrices of three shapes and two densities in each layout, with one row and with sixteen. @p weights: that the model multiplies with, since it is up to the caches, too, which
/// layout is the fastest; a few MB at most are worked on.
Kernels calibrated(const Kernels& kernels, std::size_t weights);

} // namespace espalier::edge
