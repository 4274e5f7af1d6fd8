// SPDX-License-Identifier: Apache-2.0
// Tensor: one decoded tensor of a package, dense and in row-major order. Ops copy it into the layout their kernel
// wants and drop it.
#pragma once

#include "engine/core/Result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace espalier::edge {

struct TensorRecord;

struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape; ///< every dimension at least 1
    bool quantized = false;
    std::vector<float> values;      ///< when not quantized: one an element, all finite
    std::vector<std::int8_t> codes; ///< when quantized: one an element, -127 to 127
    std::vector<float> scales;      ///< when quantized: one a row (first dimension), finite and not negative

    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(shape.front()); }
    /// Elements of one row.
    [[nodiscard]] std::size_t columns() const { return (quantized ? codes.size() : values.size()) / rows(); }
    /// Element @p index as a number, whatever the encoding.
    [[nodiscard]] float at(std::size_t index) const
    {
        return quantized ? scales[index / columns()] * static_cast<float>(codes[index]) : values[index];
    }
};

/// Decodes @p bytes, which must be exactly what @p record describes. InvalidFormat names the tensor and what is wrong.
Result<Tensor> decodeTensor(const TensorRecord& record, std::span<const std::byte> bytes);

} // namespace espalier::edge
