// SPDX-License-Identifier: GPL-3.0-or-later
// How sensitive each layer of a node's checkpoint is to pruning. Kept beside the checkpoint in the store, for each score and pattern, so that it is
// measured once and goes when the checkpoint goes.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/pipeline/Pipeline.h"
#include "engine/reports/SensitivityReport.h"

namespace espalier {

inline const std::vector<double> sensitivitySparsities{0.5, 0.7, 0.8, 0.9, 0.95};

/// What was measured before with @p options' score and pattern; nothing when it was not. Of @p options, what is about the sparsity and about which layers
/// and how they compete plays no part.
std::optional<SensitivityReport> keptSensitivity(const Pipeline& pipeline, const std::string& node, const PruneOptions& options);

/// Prunes each prunable layer alone to each of sensitivitySparsities, measures the model on the validation part, and keeps the report. Errors: as
/// CompressionLab::open() and computeMasks(); a score that cannot prune at once; Cancelled within one batch, and nothing is kept then.
Result<SensitivityReport> measureSensitivity(Pipeline& pipeline, const std::string& node, const PruneOptions& options, RunContext& context);

} // namespace espalier
