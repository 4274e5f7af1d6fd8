// SPDX-License-Identifier: Apache-2.0
// Gather panels: the kept codes of a sparse matrix for processors that pick bytes out of a register by index. Outputs stand in groups of as many as a register has sums.
// A step has for each output of its group up to four kept codes, in the order of their inputs, and where in the step's window of inputs each one's input is. The window
// moves on by a chunk when no output has kept codes left in its first one; where it is two chunks wide, outputs with few codes in a chunk go ahead of those with many,
// so that of a random mask that keeps a tenth 3/4 of the places are used instead of half (measured; 16 outputs, chunks of 64).
#pragma once

#include "engine/edge/kernels/Rows.h"

namespace espalier::edge {

/// What a processor's registers hold.
struct GatherShape {
    std::size_t outputs = 0; ///< in a group
    std::size_t chunk = 0;   ///< inputs

    /// A step's indices, as many bytes as its codes behind them.
    [[nodiscard]] std::size_t stepBytes() const { return outputs * 4; }
};

struct GatherPanels {
    GatherShape shape;
    std::size_t window = 1; ///< chunks: 1 or 2
    std::vector<std::uint8_t> steps;  ///< indices and codes of one step behind the other; unused places have code 0
    std::vector<std::uint8_t> counts; ///< for each group, for each chunk: the steps whose window begins there
    OutputTerms terms;
    std::size_t outputs = 0;
    std::size_t inputs = 0;

    [[nodiscard]] std::size_t chunks() const { return (inputs + shape.chunk - 1) / shape.chunk; }
    [[nodiscard]] std::size_t bytes() const { return steps.size() + counts.size() + terms.bytes(); }
};

/// Steps that the matrix would have.
std::size_t countGatherSteps(const CodeMatrix& matrix, const GatherShape& shape, std::size_t window);
GatherPanels packGatherPanels(const CodeMatrix& matrix, const GatherShape& shape, std::size_t window);

} // namespace espalier::edge
