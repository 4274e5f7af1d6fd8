// SPDX-License-Identifier: GPL-3.0-or-later
// Transformer encoder (Vaswani et al., "Attention Is All You Need", 2017) as BERT lays it out (Devlin et al., 2019): parameter names and shapes
// are those of Hugging Face's BertModel with a classifier on top, so that checkpoints fit, and its layer norm has BERT's epsilon.
//
// Parameters, with H hidden size, A all heads' sizes together (BERT: H), F feed-forward size, P positions, C classes, N from 0 on:
//   embeddings.word_embeddings.weight [V x H], .position_embeddings.weight [P x H], .token_type_embeddings.weight [2 x H] (row 0 is used),
//   embeddings.LayerNorm.weight, .bias [H]
//   encoder.layer.N.attention.self.{query,key,value}.{weight [A x H], bias [A]}
//   encoder.layer.N.attention.output.dense.{weight [H x A], bias}, encoder.layer.N.attention.output.LayerNorm.{weight, bias}
//   encoder.layer.N.intermediate.dense.{weight [F x H], bias [F]}
//   encoder.layer.N.output.dense.{weight [H x F], bias}, encoder.layer.N.output.LayerNorm.{weight, bias}
//   pooler.dense.{weight [H x H], bias}, with pooling "cls" only
//   classifier.{weight [C x H], bias [C]}
// Pre-norm has the same parameters at the same places. The two differ in what goes on beside each part: the norm's output (post) or its input (pre).
#pragma once

#include "engine/models/ModelCatalog.h"

namespace espalier {

ModelType transformer();

/// The module, with fresh weights: N(0, 0.02), as BERT's.
std::shared_ptr<TextModel> makeTransformer(const ModelSpec& spec);

/// Numbers inside each of @p spec's heads.
std::int64_t headSize(const ModelSpec& spec);

/// BERT's.
inline constexpr double transformerEpsilon = 1e-12;

} // namespace espalier
