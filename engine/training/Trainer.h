// SPDX-License-Identifier: GPL-3.0-or-later
// Trainer: fits a model with AdamW (Loshchilov and Hutter, 2019) on mini-batches, keeps the weights of the best epoch,
// stops early, and reports loss and accuracy as it goes. With masks, pruned weights stay zero after every step.
#pragma once

#include "engine/training/Checkpoint.h"

#include <filesystem>

namespace espalier {

struct TrainOptions {
    int epochs = 20;
    int batchSize = 64;
    double learningRate = 2e-3; ///< at its peak: it grows over the first 5 % of the steps, then falls to zero as half a cosine
    double weightDecay = 0.01; ///< AdamW's decoupled decay; not applied to biases
    int patience = 3;      ///< epochs without improvement of validation accuracy (ties: loss) before stopping; 0: never
    double gradientClip = 1.0; ///< largest norm of the gradient; 0: no clipping
    double labelSmoothing = 0;
    int threads = 0;           ///< 0: all cores
    /// Where the state after each epoch is kept, so that a killed run continues there; empty: nowhere. Removed on success.
    std::filesystem::path resumeFolder = {};
};

/// Trains @p spec from fresh weights drawn from context.seed. Metrics sent: train_loss (smoothed by the receiver, x = fraction of
/// epochs), and per epoch train_accuracy, validation_loss, validation_accuracy. Cancel returns a Cancelled error within one batch.
/// Errors: empty train or validation part, not-finite loss (says at which epoch and step, and to lower the learning rate).
Result<Checkpoint> train(const ModelSpec& spec, const Tokenizer& tokenizer, const Splits& splits, const TrainOptions& options, RunContext& context);

/// Trains @p start on under its masks; the result's history holds the epochs of this phase only.
Result<Checkpoint> fineTune(const Checkpoint& start, const Splits& splits, const TrainOptions& options, RunContext& context);

} // namespace espalier
