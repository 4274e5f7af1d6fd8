// SPDX-License-Identifier: GPL-3.0-or-later
// ActivationCalibration: the ranges of what flows between a quantised model's ops, measured once on sentences instead of on the device with every row. The device
// is then spared a pass over each row, and numbers beyond a range are cut off.
#pragma once

#include "engine/training/Checkpoint.h"

namespace espalier {

struct ActivationCalibrationOptions {
    std::size_t sentences = 512;
    double percentile = 100; ///< share of the rows (tokens, or sentences after pooling) whose largest |value| the range covers, in per cent; 100: of all
};

inline constexpr std::size_t fewestCalibrationSentences = 16;

/// That @p splits have enough training sentences for @p options, which are in range: asked before anything is trained.
Result<void> checkCalibration(const Splits& splits, const ActivationCalibrationOptions& options);

/// Runs the edge runtime on sentences of the training part, spread over all of it, with @p checkpoint packaged by its quantization, and measures the inputs of each
/// op that multiplies with quantised weights. Errors: as checkCalibration() and encodePackage(); Cancelled.
Result<ActivationRanges> calibrateActivations(const Checkpoint& checkpoint, const Splits& splits, const ActivationCalibrationOptions& options, RunContext& context);

/// What cutting off costs.
struct CalibrationEffect {
    std::size_t sentences = 0;
    std::size_t same = 0;    ///< answers as with ranges measured on the device
    std::size_t right = 0;   ///< with calibrated ranges; 0 where a sentence has several answers
    std::size_t rightMeasured = 0; ///< with ranges measured on the device
};

/// Asks the edge runtime for @p examples with @p checkpoint's ranges and without them.
Result<CalibrationEffect> calibrationEffect(const Checkpoint& checkpoint, const ExampleTable& examples, RunContext& context);

} // namespace espalier
