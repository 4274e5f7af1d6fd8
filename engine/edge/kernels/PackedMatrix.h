// SPDX-License-Identifier: Apache-2.0
// PackedMatrix: a matrix of int8 codes with one scale an output in the layout that is expected to be the fastest on this processor, and its product with rows of codes. The
// plan is made from costs that were measured (ProductCosts): a sparse layout is taken only where it wins, whatever the sparsity. Sums are exact in every layout, so no answer
// depends on the plan.
#pragma once

#include "engine/edge/kernels/Kernels.h"

namespace espalier::edge {

struct PackOptions {
    std::size_t inputs = 0;
    std::size_t maxRows = 0; ///< that are multiplied at once
};

/// What one row is expected to take, in the unit of the kernels' costs.
struct RowCost {
    double chosen = 0;
    double dense = 0; ///< what it would take in the dense layout
};

class PackedMatrix {
public:
    PackedMatrix() = default;
    /// @p codes: row-major, with one scale an output. @p kernels: those that multiply(), too, must be given.
    [[gnu::hot, gnu::noinline]] static PackedMatrix pack(const Kernels& kernels, std::vector<std::int8_t> codes, std::span<const float> scales, const PackOptions& options);

    [[nodiscard]] std::size_t outputs() const { return m_scales.size(); }
    [[nodiscard]] std::size_t inputs() const { return m_inputs; }
    /// "rows", "panels", "gather", "sliding gather", "pairs"
    [[nodiscard]] std::string layout() const;
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] const RowCost& rowCost() const { return m_cost; }
    /// Rows that are worked on at once, at most.
    [[nodiscard]] std::size_t tile(const Kernels& kernels) const;
    /// out [rows x outputs]: each the exact sum as an integer, times the row's scale, times the output's.
    void multiply(const Kernels& kernels, const QuantizedRows& rows, float* out) const;

private:
    void multiplyRows(const Kernels& kernels, const QuantizedRows& rows, float* out) const;

    std::size_t m_inputs = 0;
    RowCost m_cost;
    std::vector<float> m_scales;
    std::vector<std::int8_t> m_codes; ///< as they stand in the package
    Panels m_panels;
    GatherPanels m_gather;
    PairLists m_pairs;
};

} // namespace espalier::edge
