// SPDX-License-Identifier: Apache-2.0
// Projection: a weight matrix in either precision, ready to be multiplied with rows of numbers. The outputs are worked on a block at a time, so
// that the block's weights stay in the first-level cache while all rows pass by. Where the weights are quantised each row is too, with a scale of its own or that of a calibrated range.
#pragma once

#include "engine/edge/ops/Step.h"

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
    void quantizeRows(const Frame& frame, const float* in, std::size_t rows) const;
    void multiplyPanels(const Frame& frame, std::size_t rows, float* out) const;
    void multiplyFloats(const float* in, std::size_t first, std::size_t count, float* out) const;
    void multiplyCodes(const Frame& frame, std::size_t row, std::size_t first, std::size_t count, float* out) const;

    const Kernels* m_kernels = nullptr;
    Tensor m_weight; ///< without its codes where they stand in panels
    Panels m_panels; ///< where the kernels have a use for them
    std::vector<float> m_groupScales; ///< as GroupedView has them; empty where a row has one scale
    std::size_t m_columns = 0;
    float m_range = 0; ///< calibrated; 0: each row has its own
    Slot m_codes;  ///< int8: the input's codes, rows x I
    Slot m_scales; ///< int8: one a row of the input
    Slot m_sums;   ///< panels: of each row's codes
};

} // namespace espalier::edge
