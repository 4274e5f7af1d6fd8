// SPDX-License-Identifier: GPL-3.0-or-later
// findLearningRate(): the range test of Smith ("Cyclical Learning Rates for Training Neural Networks", 2017): a short training whose rate grows
// exponentially from step to step, until the loss explodes. What it trains is thrown away.
#pragma once

#include "engine/reports/RateCurve.h"
#include "engine/training/Trainer.h"

namespace espalier {

/// Tries 120 rates from 1e-6 to 1, one batch each, with @p options but for its rate and schedule. Errors as train(); Cancelled.
Result<RateCurve> findLearningRate(const ModelSpec& spec, const Tokenizer& tokenizer, const Splits& splits, const TrainOptions& options, RunContext& context);

} // namespace espalier
