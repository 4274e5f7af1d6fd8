// SPDX-License-Identifier: GPL-3.0-or-later
// InputRecorder: sums, over all that a model reads, the squares of what its weights are multiplied with. A model whose forward() is given one tells it of
// every product with a prunable parameter. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include <map>

namespace espalier {

class InputRecorder {
public:
    /// @p parameter [out x in] is multiplied with the rows of @p inputs [... x in].
    void rows(const torch::Tensor& parameter, const torch::Tensor& inputs);
    /// Rows of @p table [V x E] are looked up for @p ids [N]: each is multiplied with 1 where its token stands, and with 0 elsewhere.
    void tokens(const torch::Tensor& table, const torch::Tensor& ids);
    /// @p squares: sums, with the dimensions of @p parameter, of size 1 where the index does not change the input.
    void add(const torch::Tensor& parameter, const torch::Tensor& squares);

    /// Undefined where nothing was recorded of @p parameter; in double.
    [[nodiscard]] torch::Tensor squaresOf(const torch::Tensor& parameter) const;

private:
    std::map<const at::TensorImpl*, torch::Tensor> m_squares;
};

} // namespace espalier
