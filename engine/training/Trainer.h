// SPDX-License-Identifier: GPL-3.0-or-later
// Trainer: fits a model with AdamW (Loshchilov and Hutter, 2019) or SGD on mini-batches, keeps the weights of the best epoch,
// stops early, and reports loss and accuracy as it goes. With masks, pruned weights stay zero after every step.
#pragma once

#include "engine/training/Checkpoint.h"

#include <filesystem>

namespace espalier {

class MaskSchedule;
class TrainingObjective;

struct TrainOptions {
    int epochs = 20;
    int batchSize = 64; ///< sentences, or padded tokens; see batchBy
    double learningRate = 2e-3; ///< at its peak
    double weightDecay = 0.01; ///< decoupled; not applied to biases, norms and embeddings
    int patience = 3;      ///< epochs without improvement of what is monitored before stopping; 0: never
    double gradientClip = 1.0; ///< largest norm of the gradient; 0: no clipping
    double labelSmoothing = 0;
    int threads = 0;           ///< 0: all cores
    /// Where the state under way is kept, so that a killed run continues there; empty: nowhere. Removed on success.
    std::filesystem::path resumeFolder = {};
    std::string batchBy = "sentences"; ///< "sentences", "tokens"
    int accumulation = 1;              ///< batches whose gradients make one step
    std::string optimiser = "adamw";   ///< "adamw", "sgd"
    double momentum = 0.9;             ///< AdamW's beta1, or SGD's momentum
    bool nesterov = true;              ///< SGD only
    double embeddingDecay = 0.01;      ///< weight decay of embeddings
    bool sparseRows = true;            ///< step only the embedding rows that occur; see Optimiser.h
    std::string schedule = "cosine";   ///< "cosine", "linear", "constant", "one_cycle"; see RateSchedule.h
    double warmUp = 0.05;              ///< share of the training over which the rate grows
    std::string classWeights = "none"; ///< "none"; "balanced": a class counts by the inverse of its frequency
    std::string monitor = "accuracy";  ///< what makes an epoch the best: "accuracy", "macro_f1", "loss" (lowest); on validation, ties by loss
    std::string device = "auto";       ///< see resolveDevice()
    std::string precision = "fp32";    ///< "fp32", "bf16": of the products; weights and sums stay fp32
    double saveSeconds = 0;           ///< the state is saved about so often, more seldom where saving is slow
    std::filesystem::path lastFolder = {}; ///< where the last epoch's weights go as a checkpoint of their own; empty: nowhere
};

/// What takes part in a training besides its data. Both pointers may be null, and what they point to must outlive the training.
struct TrainingHooks {
    const MaskSchedule* masks = nullptr; ///< the best epoch is one whose masks no longer change
    TrainingObjective* objective = nullptr;
    std::size_t unlabelled = 0; ///< so many rows at the training part's end have labels that mean nothing: the objective alone learns from them
};

/// Trains @p spec from fresh weights drawn from context.seed. Metrics sent: train_loss (smoothed by the receiver, x = fraction of
/// epochs), and per epoch train_accuracy, validation_loss, validation_macro_f1, and validation_ with the task's score (scoreName).
/// Cancel returns a Cancelled error within one batch, and context.control is obeyed as soon; a state is left to resume from. Resuming ends in
/// the same weights, bit for bit, as a run that was not interrupted, on the same machine with the same number of threads.
/// Errors: an option out of range (names it), empty train or validation part, not-finite loss (says at which epoch and step).
Result<Checkpoint> train(const ModelSpec& spec, const Tokenizer& tokenizer, const Splits& splits, const TrainOptions& options, RunContext& context,
                         const TrainingHooks& hooks = {});

/// Trains @p start on under its masks, or those that @p hooks make of them, and under its quantization: what answers and what is measured has the
/// rounded weights, and the result's are rounded; calibrated ranges are dropped. The result's history holds the epochs of this phase only.
/// Sends the metric sparsity as well where masks change.
Result<Checkpoint> fineTune(const Checkpoint& start, const Splits& splits, const TrainOptions& options, RunContext& context, const TrainingHooks& hooks = {});

} // namespace espalier
