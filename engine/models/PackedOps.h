// SPDX-License-Identifier: GPL-3.0-or-later
// What an encoder does to packed tokens (the rows of all sentences of a batch one after the other, N in all, without padding), as differentiable
// functions. On the CPU they run PackedKernels.h; elsewhere they are composed of LibTorch's operators. Includes LibTorch.
#pragma once

#include "engine/models/PackedKernels.h"

#include <torch/torch.h>

#include <vector>

namespace espalier::packed {

/// A batch of B sentences, packed.
struct Packing {
    torch::Tensor ids;                 ///< [N] int64
    torch::Tensor positions;           ///< [N] int64: place in its sentence, from 0
    torch::Tensor places;              ///< [N] int64: place on a grid of B x longest
    std::vector<std::int64_t> offsets; ///< B + 1: where each sentence begins, and N
    std::int64_t longest = 0;

    [[nodiscard]] std::int64_t sentences() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
    [[nodiscard]] std::int64_t length(std::int64_t sentence) const { return offsets[static_cast<std::size_t>(sentence) + 1] - offsets[static_cast<std::size_t>(sentence)]; }
};

/// @p ids [B x T] and @p lengths [B], int64, on any device, as TextModel::forward() takes them.
Packing pack(const torch::Tensor& ids, const torch::Tensor& lengths);

/// Rows of @p table [V x H] for @p ids [N]: [N x H]. Its gradient is sparse where @p sparse; otherwise it costs N x H additions, where LibTorch's
/// own costs N calls.
torch::Tensor rowsOf(const torch::Tensor& table, const torch::Tensor& ids, bool sparse);

torch::Tensor dropout(const torch::Tensor& input, const Dropout& dropout);

struct Normed {
    torch::Tensor sum;    ///< residual + dropout(input)
    torch::Tensor output; ///< layer norm of it
};

/// All [N x H]; @p scale, @p shift: [H].
Normed residualNorm(const torch::Tensor& input, const torch::Tensor& residual, const torch::Tensor& scale, const torch::Tensor& shift, double epsilon,
                    const Dropout& dropout);

/// @p qkv [N x 3H]: queries, keys and values, each of all heads; each sentence attends to itself alone. Returns [N x H].
torch::Tensor attention(const torch::Tensor& qkv, const Packing& packing, std::int64_t heads, const Dropout& dropout);

/// The mean of each sentence's rows: [B x H].
torch::Tensor sentenceMeans(const torch::Tensor& input, const Packing& packing);

/// The same functions, composed of LibTorch's operators for any device; their dropout draws from LibTorch's generator. The packed ones are tested against them.
namespace composed {
torch::Tensor dropout(const torch::Tensor& input, const Dropout& dropout);
Normed residualNorm(const torch::Tensor& input, const torch::Tensor& residual, const torch::Tensor& scale, const torch::Tensor& shift, double epsilon,
                    const Dropout& dropout);
torch::Tensor attention(const torch::Tensor& qkv, const Packing& packing, std::int64_t heads, const Dropout& dropout);
} // namespace composed

} // namespace espalier::packed
