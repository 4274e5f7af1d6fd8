// SPDX-License-Identifier: Apache-2.0
// Projection: a weight matrix in either precision, ready to be multiplied with rows of numbers. Where the weights are quantised each row is too, with a scale of its own or
// that of a calibrated range.
#pragma once

#include "engine/edge/kernels/PackedMatrix.h"
#include "engine/edge/ops/QuantizedInput.h"

namespace espalier::edge {

class Projection {
public:
    /// The tensor of @p role, [O x I]; @p columns is I, and at most @p maxRows rows are multiplied at once. The range of the rows is the op's attribute
    /// "state_range" for the role "weight_hh", else "input_range".
    static Result<Projection> create(const Op& op, BuildContext& context, const std::string& role, std::size_t columns, std::size_t maxRows);

    [[nodiscard]] std::size_t outputs() const { return m_weight.rows(); }
    /// out [rows x O] = in [rows x I] times the transposed weight.
    void multiply(const Frame& frame, const float* in, std::size_t rows, float* out) const;

private:
    void multiplyFloats(const float* in, std::size_t rows, float* out) const;
    void multiplyGroups(const QuantizedRows& rows, float* out) const;

    const Kernels* m_kernels = nullptr;
    Tensor m_weight;       ///< without its codes where they are packed
    PackedMatrix m_packed; ///< int8 with one scale a row
    std::vector<float> m_groupScales; ///< as GroupedView has them; empty where a row has one scale
    std::size_t m_columns = 0;
    QuantizedInput m_input; ///< int8
};

} // namespace espalier::edge
