// SPDX-License-Identifier: GPL-3.0-or-later
// Distillation into a student: a model of any family, with a tokenizer of its own, is trained on a teacher's soft labels beside the true ones, and on sentences
// that have no others (Hinton, Vinyals and Dean, 2015; Distillation.h). This header is free of LibTorch.
#pragma once

#include "engine/compression/Distillation.h"
#include "engine/training/Trainer.h"

namespace espalier {

/// What a student is, and learns from. Holds references: all must outlive the training.
struct StudentTask {
    const ModelSpec& model;
    const Tokenizer& tokenizer;
    const Splits& splits;
    const Checkpoint& teacher;
    std::vector<std::string> unlabelled = {};
    DistillationOptions options = {};               ///< without a hidden weight: the layers are not the teacher's
    std::size_t mostBytes = std::size_t{1} << 30;   ///< of soft labels in memory: four for each class of each sentence (tags: of each token)
};

/// Trains as train() does, on the labelled sentences and the unlabelled ones together; these have the teacher's part of the loss only. The teacher answers
/// once before the first step, or, where its answers would take more than mostBytes, batch by batch. With a weight of 0 it is train(), bit for bit.
/// Errors: as train(); an option out of range; a teacher of another task or other labels (names them); unlabelled sentences with a weight of 0. A student that
/// is not smaller than its teacher is worth a warning.
Result<Checkpoint> distil(const StudentTask& task, const TrainOptions& training, RunContext& context);

} // namespace espalier
