// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/kernels/Panels.h"

namespace espalier::edge {

Panels packPanels(std::span<const std::int8_t> codes, std::span<const float> scales, std::size_t inputs)
{
    constexpr std::uint8_t zero = 128;
    const std::size_t outputs = codes.size() / inputs;
    const std::size_t count = (outputs + panelOutputs - 1) / panelOutputs;
    Panels panels{std::vector<std::uint8_t>(count * panelOutputs * inputs, zero), std::vector<float>(count * panelOutputs), outputs, inputs};
    for (std::size_t o = 0; o < outputs; ++o) {
        std::uint8_t* panel = panels.codes.data() + o / panelOutputs * panelOutputs * inputs;
        for (std::size_t i = 0; i < inputs; ++i)
            panel[i / panelInputs * panelOutputs * panelInputs + o % panelOutputs * panelInputs + i % panelInputs] = static_cast<std::uint8_t>(codes[o * inputs + i] + zero);
        panels.scales[o] = scales[o];
    }
    return panels;
}

} // namespace espalier::edge
