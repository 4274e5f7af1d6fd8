// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/Panels.h"

#include <algorithm>
#include <cstring>

namespace espalier::edge {

OutputTerms outputTerms(const CodeMatrix& matrix, std::size_t group)
{
    constexpr std::size_t part = 256; // as many codes as 16 bits can sum up: twice the lanes of a register
    const std::size_t padded = (matrix.outputs() + group - 1) / group * group;
    OutputTerms terms{std::vector<float>(padded), std::vector<std::int32_t>(padded)};
    for (std::size_t o = 0; o < matrix.outputs(); ++o) {
        std::int32_t sum = 0;
        for (std::size_t first = 0; first < matrix.inputs; first += part) {
            std::int16_t few = 0;
            for (const std::int8_t code : std::span(matrix.row(o) + first, std::min(part, matrix.inputs - first)))
                few = static_cast<std::int16_t>(few + code);
            sum += few;
        }
        terms.scales[o] = matrix.scales[o];
        terms.offsets[o] = -128 * sum;
    }
    return terms;
}

std::size_t zerosOf(std::span<const std::int8_t> codes)
{
    constexpr std::size_t part = 240; // as many as a byte can count, so that a register counts in each of its bytes
    std::size_t zeros = 0;
    for (; !codes.empty(); codes = codes.subspan(std::min(part, codes.size()))) {
        std::uint8_t count = 0;
        for (const std::int8_t code : codes.first(std::min(part, codes.size())))
            count = static_cast<std::uint8_t>(count + (code == 0 ? 1 : 0));
        zeros += count;
    }
    return zeros;
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
