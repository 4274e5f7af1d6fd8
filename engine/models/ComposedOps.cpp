// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/PackedOps.h"

#include <cmath>

namespace espalier::packed::composed {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

torch::Tensor onGrid(const torch::Tensor& rows, const torch::Tensor& places, std::int64_t size)
{
    return torch::zeros({size, rows.size(1)}, rows.options()).index_copy_(0, places, rows);
}

// Packed rows on a grid, zero where no row stands, and back: each is the other's gradient. LibTorch's gradient of index_select adds up instead, which
// on a GPU is slow or of no fixed order.

class OntoGrid : public torch::autograd::Function<OntoGrid> {
public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& rows, const torch::Tensor& places, std::int64_t size)
    {
        context->save_for_backward({places});
        return onGrid(rows, places, size);
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients)
    {
        return {gradients[0].index_select(0, context->get_saved_variables()[0]), torch::Tensor(), torch::Tensor()};
    }
};

class OffGrid : public torch::autograd::Function<OffGrid> {
public:
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& grid, const torch::Tensor& places)
    {
        context->save_for_backward({places});
        context->saved_data["size"] = grid.size(0);
        return grid.index_select(0, places);
    }
    static tensor_list backward(AutogradContext* context, tensor_list gradients)
    {
        return {onGrid(gradients[0], context->get_saved_variables()[0], context->saved_data["size"].toInt()), torch::Tensor()};
    }
};

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
    const std::int64_t size = sentences * packing.longest;
    const torch::Tensor absent = torch::ones({size}, packing.places.options().dtype(torch::kBool)).index_fill_(0, packing.places, false);
    const torch::Tensor padded = OntoGrid::apply(qkv, packing.places, size)
                                     .view({sentences, packing.longest, 3, heads, hidden / heads})
                                     .permute({2, 0, 3, 1, 4}); // [3 x B x heads x T x d]
    torch::Tensor scores = torch::matmul(padded[0] / std::sqrt(static_cast<double>(hidden / heads)), padded[1].transpose(2, 3));
    scores = scores.masked_fill(absent.view({sentences, 1, 1, packing.longest}), -INFINITY);
    const torch::Tensor weights = composed::dropout(torch::softmax(scores, 3), dropping);
    return OffGrid::apply(torch::matmul(weights, padded[2]).transpose(1, 2).reshape({size, hidden}), packing.places);
}

} // namespace espalier::packed::composed
