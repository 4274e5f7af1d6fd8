// SPDX-License-Identifier: Apache-2.0
// Panels: a matrix of int8 codes in the order in which processors with products of bytes read it, so that sums of sixteen outputs lie side by side and need not be added
// up across a register. For each sixteen outputs, for each four inputs: sixteen times four codes. What is missing at the end counts as zero.
#pragma once

#include "engine/edge/kernels/Rows.h"

#include <vector>

namespace espalier::edge {

inline constexpr std::size_t panelOutputs = 16;
inline constexpr std::size_t panelInputs = 4;

struct Panels {
    LineVector<std::int8_t> codes;
    OutputTerms terms;
    std::size_t outputs = 0;
    std::size_t inputs = 0;

    /// Bytes from the start of one panel to the next.
    [[nodiscard]] std::size_t panelBytes() const { return panelOutputs * ((inputs + panelInputs - 1) / panelInputs * panelInputs); }
    [[nodiscard]] std::size_t bytes() const { return codes.size() + terms.bytes(); }
};

[[gnu::hot, gnu::noinline]] Panels packPanels(const CodeMatrix& matrix);

} // namespace espalier::edge
