// SPDX-License-Identifier: GPL-3.0-or-later
// MeasuredModel: what a checkpoint is worth on the validation part and how large its package is, for the slider's positions and for
// the nodes that prune.
#pragma once

#include "engine/compression/Pruning.h"
#include "engine/evaluation/Classifier.h"
#include "engine/exporting/PackageWriter.h"

namespace espalier {

struct MeasuredModel {
    SparsityPoint point; ///< accuracy with its interval, macro-F1, sentences, bytes and precision; the rest is the caller's
    EncodedPackage package;
};

struct MeasuringOptions {
    const EncodedExamples& validation;
    const std::vector<std::string>& sentences; ///< for the package's self-tests
    std::string precision = "checkpoint";
};

/// @p classifier already holds the weights of @p checkpoint. Errors: Cancelled, and those of encodePackage().
Result<MeasuredModel> measureModel(Classifier& classifier, const Checkpoint& checkpoint, const MeasuringOptions& options, RunContext& context);

/// @p layers with the bytes that @p measured's package spends on each, in its point.
void addLayers(MeasuredModel& measured, std::vector<LayerSparsity> layers);

/// @p checkpoint with the weights that its package in @p precision holds: what is packaged is what is measured.
Result<Checkpoint> asPackaged(Checkpoint checkpoint, const std::string& precision);

/// The same for a whole checkpoint, as nodes report it and Package packages it: with its layers, and with latency and memory where there is a runtime to measure them.
Result<SparsityPoint> measureCheckpoint(const Checkpoint& checkpoint, const Splits& splits, RunContext& context);

} // namespace espalier
