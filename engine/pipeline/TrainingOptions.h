// SPDX-License-Identifier: GPL-3.0-or-later
// A training node's parameters as the trainer's options.
#pragma once

#include "engine/pipeline/NodeAdapter.h"
#include "engine/training/Trainer.h"

namespace espalier {

/// For Train and Distil, and for Prune's fine-tuning; without a patience where the node has none. The state goes to the node's scratch folder.
TrainOptions trainOptionsOf(const StageInputs& inputs);

/// The model that reaches @p inputs' port "model", with as many classes as its splits have labels.
ModelSpec modelToTrain(const StageInputs& inputs);

} // namespace espalier
