// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/Panels.h"

#include <algorithm>
#include <cstring>

namespace espalier::edge {

OutputTerms outputTerms(const CodeMatrix& matrix, std::size_t group)
{
    const std::size_t padded = (matrix.outputs() + group - 1) / group * group;
    OutputTerms terms{std::vector<float>(padded), std::vector<std::int32_t>(padded)};
    for (std::size_t o = 0; o < matrix.outputs(); ++o) {
        std::int32_t sum = 0;
        for (std::size_t i = 0; i < matrix.inputs; ++i)
            sum += matrix.row(o)[i];
        terms.scales[o] = matrix.scales[o];
        terms.offsets[o] = -128 * sum;
    }
    return terms;
}

Panels packPanels(const CodeMatrix& matrix)
{
    Panels panels{{}, outputTerms(matrix, panelOutputs), matrix.outputs(), matrix.inputs};
    panels.codes.resize((matrix.outputs() + panelOutputs - 1) / panelOutputs * panels.panelBytes());
    const std::size_t whole = matrix.inputs / panelInputs * panelInputs;
    for (std::size_t o = 0; o < matrix.outputs(); ++o) {
        const std::int8_t* row = matrix.row(o);
        std::int8_t* panel = panels.codes.data() + o / panelOutputs * panels.panelBytes() + o % panelOutputs * panelInputs;
        for (std::size_t i = 0; i < whole; i += panelInputs)
            std::memcpy(panel + i * panelOutputs, row + i, panelInputs); // one move
        std::copy(row + whole, row + matrix.inputs, panel + whole * panelOutputs);
    }
    return panels;
}

} // namespace espalier::edge
