// SPDX-License-Identifier: GPL-3.0-or-later
// A small task that a model must be able to learn: commands to a lamp, a heater and a radio, made from a few words.
#pragma once

#include "engine/data/Dataset.h"
#include "engine/models/ModelCatalog.h"
#include "engine/tokenizers/Tokenizer.h"

namespace espalier::test {

struct ToyTask {
    Splits splits;
    Tokenizer tokenizer;
    ModelSpec model;
};

/// The same every time; about 240 train, 48 validation and 48 test sentences of three classes. Throws Error when something fails.
ToyTask makeToyTask(const Parameters& modelParameters = {{"embedding_dim", 16}, {"filters", 16}});

} // namespace espalier::test
