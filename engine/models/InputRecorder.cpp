// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/InputRecorder.h"

namespace espalier {

void InputRecorder::rows(const torch::Tensor& parameter, const torch::Tensor& inputs)
{
    add(parameter, inputs.detach().reshape({-1, inputs.size(-1)}).to(torch::kFloat64).square().sum(0, true));
}

void InputRecorder::tokens(const torch::Tensor& table, const torch::Tensor& ids)
{
    add(table, torch::bincount(ids.reshape(-1), {}, table.size(0)).to(torch::kFloat64).unsqueeze(1));
}

void InputRecorder::add(const torch::Tensor& parameter, const torch::Tensor& squares)
{
    torch::Tensor& sum = m_squares[parameter.unsafeGetTensorImpl()];
    sum = sum.defined() ? sum + squares : squares;
}

torch::Tensor InputRecorder::squaresOf(const torch::Tensor& parameter) const
{
    const auto found = m_squares.find(parameter.unsafeGetTensorImpl());
    return found == m_squares.end() ? torch::Tensor() : found->second;
}

} // namespace espalier
