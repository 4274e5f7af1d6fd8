// SPDX-License-Identifier: GPL-3.0-or-later
// TextModel: the LibTorch module of a sentence classifier, and the two ways between it and plain data: batches of token ids, and Weights.
// Includes LibTorch: only sources of espalier_learning_torch and their tests include this header.
#pragma once

#include "engine/models/TokenSequences.h"
#include "engine/models/Weights.h"

#include <torch/torch.h>

namespace espalier {

class CrfImpl;
class InputRecorder;

class TextModel : public torch::nn::Module {
public:
    /// @p ids: [B x T] int64, padded on the right with Tokenizer::padId; @p lengths: [B] int64, each from 1 to T. Returns logits [B x C],
    /// or [B x T x C] when the model tags words,
    /// which do not depend on T or on what else is in the batch (up to rounding).
    virtual torch::Tensor forward(torch::Tensor ids, const torch::Tensor& lengths) = 0;

    /// The field over the tags of a model that has one; null otherwise.
    virtual CrfImpl* crf() { return nullptr; }

    /// From now on every forward() puts the outputs of the layers into @p outputs, in their order, each [tokens x H] without padding; null ends it.
    /// False, and nothing happens, where the architecture has no stack of layers.
    virtual bool recordLayers(std::vector<torch::Tensor>* /*outputs*/) { return false; }

    /// From now on every forward() tells @p recorder what it multiplies its prunable parameters with, of the sentences' own tokens; null ends it. Not
    /// while training, where dropout changes it.
    void recordInputs(InputRecorder* recorder) { m_recorder = recorder; }

    /// Called after weights were replaced from outside: restores what the architecture takes for granted.
    virtual void weightsReplaced() {}

protected:
    /// Null: nobody listens.
    [[nodiscard]] InputRecorder* recorder() const { return m_recorder; }

private:
    InputRecorder* m_recorder = nullptr;
};

/// A batch as LibTorch wants it.
struct TextBatch {
    torch::Tensor ids;     ///< [B x T] int64
    torch::Tensor lengths; ///< [B] int64
};

/// The sentences at @p indices, padded to the longest. Throws as TokenSequences::read().
TextBatch makeBatch(const TokenSequences& sentences, std::span<const std::uint32_t> indices);

/// Where the model's weights are, and its batches must be.
torch::Device deviceOf(const TextModel& model);

/// A copy of the module's parameters.
Weights weightsOf(const TextModel& model);

/// Copies @p weights into the parameters of those names. InvalidArgument when a name is unknown or a shape differs; the model is then unchanged.
Result<void> setWeights(TextModel& model, const Weights& weights);

} // namespace espalier
