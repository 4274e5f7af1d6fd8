// SPDX-License-Identifier: GPL-3.0-or-later
// How sparse each prunable layer of a checkpoint is, whatever made it so.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/reports/PackageReport.h"

namespace espalier {

/// One entry a prunable tensor, from the checkpoint's masks; all prunable. Empty when the architecture has none.
std::vector<LayerSparsity> layerSparsities(const Checkpoint& checkpoint);

/// Sets how many bytes each of @p layers takes in the package.
void addPackagedBytes(std::vector<LayerSparsity>& layers, const PackageReport& package);

} // namespace espalier
