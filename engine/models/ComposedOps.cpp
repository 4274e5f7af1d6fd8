// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/PackedOps.h"

#include <cmath>

namespace espalier::packed::composed {
namespace {

/// For each place of a [B x T] grid the packed row that stands there (places beyond a sentence's end: its last row).
torch::Tensor gridRows(const Packing& packing)
{
    torch::Tensor rows = torch::empty({packing.sentences(), packing.longest}, torch::kInt64);
    auto* row = rows.data_ptr<std::int64_t>();
    for (std::int64_t s = 0; s < packing.sentences(); ++s)
        for (std::int64_t t = 0; t < packing.longest; ++t)
            *row++ = packing.offsets[static_cast<std::size_t>(s)] + std::min(t, packing.length(s) - 1);
    return rows;
}

/// [B x T]: whether a sentence has a token there.
torch::Tensor present(const Packing& packing)
{
    torch::Tensor lengths = torch::empty({packing.sentences(), 1}, torch::kInt64);
    for (std::int64_t s = 0; s < packing.sentences(); ++s)
        lengths.data_ptr<std::int64_t>()[s] = packing.length(s);
    return torch::arange(packing.longest).unsqueeze(0) < lengths;
}

} // namespace

torch::Tensor dropout(const torch::Tensor& input, const Dropout& dropout)
{
    return torch::dropout(input, dropout.rate, dropout.rate > 0);
}

Normed residualNorm(const torch::Tensor& input, const torch::Tensor& residual, const torch::Tensor& scale, const torch::Tensor& shift, double epsilon,
                    const Dropout& dropping)
{
    const torch::Tensor sum = residual + composed::dropout(input, dropping);
    return {sum, torch::layer_norm(sum, {input.size(1)}, scale, shift, epsilon)};
}

torch::Tensor attention(const torch::Tensor& qkv, const Packing& packing, std::int64_t heads, const Dropout& dropping)
{
    const std::int64_t hidden = qkv.size(1) / 3;
    const std::int64_t sentences = packing.sentences();
    const torch::Tensor grid = present(packing);
    const torch::Tensor padded = qkv.index_select(0, gridRows(packing).view(-1).to(qkv.device()))
                                     .view({sentences, packing.longest, 3, heads, hidden / heads})
                                     .permute({2, 0, 3, 1, 4}); // [3 x B x heads x T x d]
    torch::Tensor scores = torch::matmul(padded[0] / std::sqrt(static_cast<double>(hidden / heads)), padded[1].transpose(2, 3));
    scores = scores.masked_fill(grid.logical_not().view({sentences, 1, 1, packing.longest}).to(qkv.device()), -INFINITY);
    const torch::Tensor weights = composed::dropout(torch::softmax(scores, 3), dropping);
    const torch::Tensor mixed = torch::matmul(weights, padded[2]).transpose(1, 2).reshape({sentences * packing.longest, hidden});
    return mixed.index_select(0, grid.view(-1).nonzero().view(-1).to(qkv.device()));
}

} // namespace espalier::packed::composed
