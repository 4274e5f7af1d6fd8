// SPDX-License-Identifier: GPL-3.0-or-later
// FisherBlocks: the loss's second derivatives, as far as oBERT goes (Kurtic et al., "The Optimal BERT Surgeon", EMNLP 2022): the empirical Fisher matrix, mean of
// g g^T over gradients plus a damping on the diagonal, kept only between weights of one block of consecutive inputs of a row. From it follow how much the loss
// grows when weights fall together, and what the others of their block do about it.
//
// A tensor's blocks are a Tensor [rows x blocks x n(n+1)/2]: the lower triangle of each block's matrix, row by row, for n weights a block; the last block of a
// row may have fewer and uses the beginning. Half of n + 1 numbers a weight: 98 bytes where n is 48.
#pragma once

#include "engine/compression/Pattern.h"

#include <optional>

namespace espalier {

struct FisherLayout {
    std::size_t rows = 0;
    std::size_t width = 0;  ///< of a row
    std::size_t blocks = 0; ///< in a row
    std::size_t size = 0;   ///< weights in a block, but perhaps the last

    /// Blocks of about @p size weights for a tensor of @p shape: as many a row as that takes, equally wide in whole groups of four.
    static FisherLayout of(const std::vector<std::int64_t>& shape, std::size_t size);
    /// That of @p fisher for a tensor of @p shape; nothing where they do not belong together.
    static std::optional<FisherLayout> of(const std::vector<std::int64_t>& shape, const Tensor& fisher);

    [[nodiscard]] std::size_t packed() const { return size * (size + 1) / 2; }
    [[nodiscard]] std::size_t numbers() const { return rows * blocks * packed(); }
    [[nodiscard]] std::vector<std::int64_t> shape() const;
    /// How many weights the block has, and where it begins in the tensor.
    [[nodiscard]] std::size_t sizeOf(std::size_t block) const { return std::min(size, width - block % blocks * size); }
    [[nodiscard]] std::size_t begin(std::size_t block) const { return block / blocks * width + block % blocks * size; }
};

/// Adds @p gradient's square to the triangle @p sums of one block of @p count weights.
void addOuterProduct(const float* gradient, std::size_t count, float* sums);

/// w^2 / (2 [F^-1]_ww), with F of the weights that are not pruned: how much the loss grows when w falls and its block makes up for it (equation 4).
Scores scoreByFisher(const ScoreInput& input);

/// The same of weights that fall together, w^T [F^-1]_GG^-1 w / 2, summed over the blocks that a group has a part in, over its number of weights.
Scores scoreGroupsByFisher(const ScoreInput& input, const Grouping& grouping);

/// The remaining weights of each block as they make the loss grow least (equation 5, solved for all that falls at once): added is
/// F_KK^-1 F_KQ w_Q, of what is kept, K, and what falls, Q. What falls becomes zero.
void compensateByFisher(const ScoreInput& input, Tensor& tensor);

} // namespace espalier
