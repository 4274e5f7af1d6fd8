// SPDX-License-Identifier: GPL-3.0-or-later
// AccuracyInterval: how sure the accuracy is that a model reached, for every task.
#pragma once

#include "engine/evaluation/Bootstrap.h"
#include "engine/evaluation/Classifier.h"

namespace espalier {

/// The 95 % interval of the accuracy that reportOf() gives for the same arguments, by resampling sentences (whole ones where words are
/// tagged: the words of a sentence are not independent). @p encoded must not be empty. Error: Cancelled.
Result<Interval> accuracyInterval(const Predictions& predictions, const EncodedExamples& encoded, const Checkpoint& checkpoint, const RunContext& context);

} // namespace espalier
