// SPDX-License-Identifier: GPL-3.0-or-later
// predictWith(): runs a module over encoded sentences, for the trainer's validation and for the Classifier. Includes LibTorch.
#pragma once

#include "engine/evaluation/Classifier.h"
#include "engine/models/TextModel.h"

namespace espalier {

/// Predictions in the order of @p examples; what the label map does not have does not count in the mean loss. Batched by length, without gradients and
/// dropout; leaves @p model in evaluation mode. Error: Cancelled. May throw what LibTorch throws.
Result<Predictions> predictWith(TextModel& model, const EncodedExamples& examples, std::int64_t classes, RunContext& context);

} // namespace espalier
