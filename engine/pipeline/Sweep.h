// SPDX-License-Identifier: GPL-3.0-or-later
// sweep(): measures a checkpoint over sparsities and methods, one-shot, on the validation part. What is on record (CompressionRecords) is not
// measured again, so a sweep that was cancelled goes on where it stopped.
#pragma once

#include "engine/pipeline/CompressionRecords.h"

namespace espalier {

struct SweepPlan {
    std::vector<Parameters> choices; ///< complete pruningParameters(), each with its sparsity
    std::string precision = "checkpoint";
};

/// Every combination of what @p json gives for pruningParameters(): a value, or a list of values. Left out: the score, all that ask no chance; the
/// method, both; the embeddings, their own budget and, in one ranking, with the other layers; the sparsity, nine from 0 to 0.98; others,
/// their defaults. `precision` is one. Errors name the field: an empty list, a value out of range, an unknown precision, more than 10,000 points.
Result<SweepPlan> sweepPlanFromJson(const Json& json);

struct SweepEvents {
    std::function<void(const SweepPoint&)> onPoint = {};
    std::function<void(const SweepFailure&)> onFailure = {};
    /// @p secondsLeft: none before the first was measured.
    std::function<void(const Progress&, std::optional<double> secondsLeft)> onProgress = {};
};

/// Of the checkpoint that @p node makes. When it is cancelled it returns what was measured by then. Errors: as CompressionLab::open(); the first
/// failure where nothing could be measured.
Result<SweepReport> sweep(Pipeline& pipeline, const std::string& node, const SweepPlan& plan, const SweepEvents& events, RunContext& context);

} // namespace espalier
