// SPDX-License-Identifier: Apache-2.0
// Gather panels: the kept codes of a sparse matrix for processors that pick bytes out of a register by index. Outputs stand in groups of as many as a register has sums.
// A step has for each output of its group up to four kept codes, in the order of their inputs, and where in the step's window of inputs each one's input is. There are two
// kinds of windows:
//  - Fixed ones stand side by side, so that a processor with many registers loads each window of several rows once for all steps in it.
//  - Sliding ones begin at the first input that any output of the group has left, so that outputs with few codes in a region go ahead of those with many. Of a random mask
//    that keeps a tenth 0.74 of the places are used then instead of 0.52 (measured; 16 outputs, 64 inputs), which pays for one row at a time.
#pragma once

#include "engine/edge/kernels/Rows.h"

#include <algorithm>
#include <memory>

namespace espalier::edge {

enum class Windows { Fixed, Sliding };

/// What a processor's registers hold.
struct GatherShape {
    Windows windows = Windows::Fixed;
    std::size_t outputs = 0; ///< in a group
    std::size_t inputs = 0;  ///< in a window, at most rowSlack

    /// Places of a step: bytes of its indices, and of its codes behind them.
    [[nodiscard]] constexpr std::size_t places() const { return outputs * 4; }
};

/// Inputs above this do not fit a sliding window's start.
inline constexpr std::size_t maxSlidingInputs = std::size_t{1} << 16;

/// What kernels see of gather panels.
struct GatherView {
    GatherShape shape;
    const std::uint8_t* steps = nullptr;
    const std::uint16_t* starts = nullptr;
    const std::uint32_t* counts = nullptr;
    const float* scales = nullptr;         ///< as OutputTerms has them
    const std::int32_t* offsets = nullptr; ///< as OutputTerms has them
    std::size_t outputs = 0;
    std::size_t inputs = 0;
};

struct GatherPanels {
    GatherShape shape;
    LineVector<std::uint8_t> steps;    ///< indices and codes of one step behind the other; unused places have code 0
    std::vector<std::uint16_t> starts; ///< sliding: of each step's window
    std::vector<std::uint32_t> counts; ///< of steps: for each group; fixed: for each group, for each window
    OutputTerms terms;
    std::size_t outputs = 0;
    std::size_t inputs = 0;

    [[nodiscard]] GatherView view() const { return {shape, steps.data(), starts.data(), counts.data(), terms.scales.data(), terms.offsets.data(), outputs, inputs}; }
    [[nodiscard]] std::size_t windows() const { return (inputs + shape.inputs - 1) / shape.inputs; }
    [[nodiscard]] std::size_t bytes() const { return steps.size() + starts.size() * sizeof(std::uint16_t) + counts.size() * sizeof(std::uint32_t) + terms.bytes(); }
};

/// Which inputs each output of a matrix keeps, and their codes, found once for all shapes. The matrix must outlive it.
class KeptInputs {
public:
    KeptInputs(const CodeMatrix& matrix) : KeptInputs(matrix, matrix.codes.size() - zerosOf(matrix.codes)) {}
    /// @p kept: how many codes are not zero.
    [[gnu::hot, gnu::noinline]] KeptInputs(const CodeMatrix& matrix, std::size_t kept);

    /// In order; at least four times UINT32_MAX follow, and code 0.
    struct Kept {
        const std::uint32_t* inputs = nullptr;
        const std::int8_t* codes = nullptr;
    };
    [[nodiscard]] const CodeMatrix& matrix() const { return m_matrix; }
    /// Nothing is kept behind the last output.
    [[nodiscard]] Kept of(std::size_t output) const
    {
        const std::size_t begin = m_begins[std::min(output, m_begins.size() - 1)];
        return {m_inputs.get() + begin, m_codes.get() + begin};
    }

private:
    std::size_t addRow(const std::int8_t* codes, std::size_t count);
    std::size_t addChunk(const std::int8_t* codes, std::size_t first, std::size_t count);
    std::size_t close(std::size_t count);

    CodeMatrix m_matrix;
    std::unique_ptr<std::uint32_t[]> m_inputs;
    std::unique_ptr<std::int8_t[]> m_codes;
    std::vector<std::size_t> m_begins; ///< of each output, and behind the last
};

/// Steps that the matrix would have.
[[gnu::hot, gnu::noinline]] std::size_t countGatherSteps(const KeptInputs& kept, const GatherShape& shape);
/// @p steps: what countGatherSteps() says.
[[gnu::hot, gnu::noinline]] GatherPanels packGatherPanels(const KeptInputs& kept, const GatherShape& shape, std::size_t steps);
inline GatherPanels packGatherPanels(const KeptInputs& kept, const GatherShape& shape) { return packGatherPanels(kept, shape, countGatherSteps(kept, shape)); }

} // namespace espalier::edge
