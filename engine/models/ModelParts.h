// SPDX-License-Identifier: GPL-3.0-or-later
// What several architectures are made of: reading hyperparameters, token embeddings, dropped words, and the ops that end a program.
// Includes LibTorch.
#pragma once

#include "engine/models/ModelCatalog.h"
#include "engine/models/TextModel.h"

namespace espalier {

/// A hyperparameter of a spec that passed checkModelSpec().
std::int64_t integer(const ModelSpec& spec, const char* id);
double real(const ModelSpec& spec, const char* id);
std::string text(const ModelSpec& spec, const char* id);
bool boolean(const ModelSpec& spec, const char* id);

/// The embedding of @p spec's vocabulary, as smallEmbedding(); it does not learn where `freeze_vectors` is set.
torch::nn::Embedding tokenEmbedding(const ModelSpec& spec);

/// An embedding with rows of N(0, 0.1) instead of LibTorch's N(0, 1): a weight's magnitude then says what training made of it and
/// not how it was drawn, which is what magnitude pruning goes by. The padding row is zero and stays so.
torch::nn::Embedding smallEmbedding(std::int64_t rows, std::int64_t columns);

/// Sets the padding's row of @p embedding to zero.
void clearPadding(torch::nn::Embedding& embedding);

/// The tokens of @p ids [B x T] without padding: [N].
torch::Tensor ownTokens(const torch::Tensor& ids);

/// Words become "<unk>" at random, so that the model learns to do without any of them and "<unk>" gets a meaning. @p ids: [B x T].
torch::Tensor withWordsDropped(const torch::Tensor& ids, double share);

/// Whether @p spec's architecture tags words with a conditional random field, named "crf".
bool hasCrf(const ModelSpec& spec);

/// Appends the op that turns the value "logits" into the answer to @p spec's task.
void addAnswer(const ModelSpec& spec, edge::Program& program);

} // namespace espalier
