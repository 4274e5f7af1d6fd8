// SPDX-License-Identifier: GPL-3.0-or-later
// What stands before every training: options, data and model are checked against each other, and the data is encoded.
#pragma once

#include "engine/training/TrainingLoop.h"

namespace espalier {

/// Every option in its range. Errors name the option, as the Train node calls it, its value, and what it may be.
Result<void> checkOptions(const TrainOptions& options);

struct EncodedParts {
    EncodedExamples train;
    EncodedExamples validation;
};

/// Encoded with @p checkpoint's tokenizer. Errors: bad options; an empty part; sizes or labels that do not fit the model.
Result<EncodedParts> prepare(const Checkpoint& checkpoint, const Splits& splits, const TrainOptions& options);

/// What a fresh model starts from besides random numbers: word vectors, where the specification names a file of them.
Result<Weights> initialWeights(const Checkpoint& checkpoint, const RunContext& context);

/// Of all that decides how a training goes. Threads and device do not.
std::string fingerprintOf(const TrainingTask& task, std::uint64_t seed);

} // namespace espalier
