// SPDX-License-Identifier: Apache-2.0
// QuantizedInput: an op's input as rows of int8 codes, each with a scale of its own or that of a calibrated range, in a place of the arena.
#pragma once

#include "engine/edge/ops/Step.h"

namespace espalier::edge {

struct QuantizedInputOptions {
    std::size_t rows = 0; ///< at most
    std::size_t columns = 0;
    float range = 0;     ///< calibrated; 0: each row has its own
    bool biased = false; ///< 128 is added to each code
};

class QuantizedInput {
public:
    static Result<QuantizedInput> create(BuildContext& context, const QuantizedInputOptions& options);

    void quantize(const Frame& frame, const float* in, std::size_t rows) const;
    /// @p count of the quantised rows, from @p first on.
    [[nodiscard]] QuantizedRows rows(const Frame& frame, std::size_t first, std::size_t count) const;

private:
    QuantizedInputOptions m_options;
    Slot m_codes;
    Slot m_scales;
    Slot m_scratch;
};

} // namespace espalier::edge
