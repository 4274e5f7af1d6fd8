// SPDX-License-Identifier: GPL-3.0-or-later
// What the patterns of the catalogue are made of.
#pragma once

#include "engine/compression/Pattern.h"

namespace espalier {

/// Every element by itself.
Grouping groupFreely(const std::vector<std::int64_t>& shape, Scores scores);

/// Blocks of @p rows x @p columns; a block's score is the mean of its elements', which ranks whole blocks as their sum does and is
/// fair to blocks that the tensor's edge cuts off. Those are pruned whole too and count with the elements they have.
Grouping groupByBlocks(const std::vector<std::int64_t>& shape, const Scores& scores, std::size_t rows, std::size_t columns);

/// All that has the same index in dimension @p dimension: of 0 a row or filter. A slice's score is its L-norm of order @p norm (1, 2,
/// infinity) as in torch's ln_structured, over its size to the power 1 / norm so that tensors of different width compete fairly.
Grouping groupBySlices(const std::vector<std::int64_t>& shape, const Scores& scores, std::size_t dimension, double norm);

/// Every run of @p length inputs of a row loses the same count: group j holds the j-th least important element of every run. With a
/// length of 4 this is N:M (2:4 at 50 %), with 64 the balanced pattern. Where a row's inputs do not divide by @p length, its last
/// run, of r inputs, loses round(r x pruned groups / length): the same share as nearly as it can.
Grouping groupByRuns(const std::vector<std::int64_t>& shape, const Scores& scores, std::size_t length);

} // namespace espalier
