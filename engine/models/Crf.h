// SPDX-License-Identifier: GPL-3.0-or-later
// Crf: the linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001) over the tags of a sentence's words: scores for which tag
// follows which, trained by the negative log-likelihood of the whole sequence. Decoding is engine/edge/CrfDecoder.h. Includes LibTorch.
//
// Parameters: transitions [C * C], from the row's tag to the column's, in one dimension so that packages keep them in fp32; start [C], end [C].
#pragma once

#include <torch/torch.h>

namespace espalier {

class CrfImpl : public torch::nn::Module {
public:
    explicit CrfImpl(std::int64_t tags);

    /// -log p(tags | logits) of each sentence: [B]. @p logits: [B x W x C]; @p tags: [B x W] int64, anything beyond a sentence's end; @p lengths: [B] int64,
    /// the number of its words, at least 1.
    torch::Tensor negativeLogLikelihood(const torch::Tensor& logits, const torch::Tensor& tags, const torch::Tensor& lengths);

    /// All that a field's distribution over the sequences of tags is made of.
    struct Scores {
        torch::Tensor logits; ///< [B x W x C]
        torch::Tensor transitions;
        torch::Tensor start;
        torch::Tensor end;
    };
    /// With everything divided by @p temperature.
    [[nodiscard]] Scores scores(const torch::Tensor& logits, double temperature) const;

    /// KL(@p truth || @p guess) over the sequences of tags, summed over the sentences for which @p counted [B] is 1 and not 0. No gradient flows into
    /// @p truth.
    static torch::Tensor divergence(const Scores& truth, const Scores& guess, const torch::Tensor& lengths, const torch::Tensor& counted);

    torch::Tensor transitions;
    torch::Tensor start;
    torch::Tensor end;

private:
    torch::Tensor scoreOf(const torch::Tensor& logits, const torch::Tensor& tags, const torch::Tensor& lengths) const;
    static torch::Tensor logPartition(const Scores& scores, const torch::Tensor& lengths);

    std::int64_t m_tags;
};
TORCH_MODULE(Crf);

} // namespace espalier
