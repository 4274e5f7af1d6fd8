// SPDX-License-Identifier: GPL-3.0-or-later
// Distillation (Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015): a model learns from another's answers beside the labels. Here
// the teacher is the model as it was before pruning; Student.h has any other. Of Transformers it can imitate the layers' outputs too (Jiao et al., "TinyBERT", 2020).
// This header is free of LibTorch.
#pragma once

#include "engine/training/Checkpoint.h"
#include "engine/training/TrainingObjective.h"

#include <memory>

namespace espalier {

struct DistillationOptions {
    double weight = 0.5;      ///< alpha, 0 to 1: of the teacher's answers; the labels have the rest
    double temperature = 2;   ///< T, above 0: scores of both are divided by it, so that unlikely answers count more
    double hiddenWeight = 0;  ///< beta, from 0: of the mean squared distance between the layers' outputs
};

/// Every option in its range; errors name it as the nodes do.
Result<void> checkDistillation(const DistillationOptions& options);

/// Minimises alpha T^2 KL(teacher || student) + (1 - alpha) task loss + beta MSE. What the KL is about: the classes; yes and no of each label; the tags of each
/// word, or with a CRF the sentence's whole sequence of tags. The student must be of @p teacher's specification, or one that shrinking
/// made of it; the teacher answers without dropout.
/// Errors: as checkDistillation(); a hidden weight where the architecture has no layers to imitate.
Result<std::unique_ptr<TrainingObjective>> makeDistillation(const Checkpoint& teacher, const DistillationOptions& options);

} // namespace espalier
