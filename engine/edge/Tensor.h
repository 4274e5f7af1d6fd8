// SPDX-License-Identifier: Apache-2.0
// Tensor: one decoded tensor of a package, dense and in row-major order. Ops copy it into the layout their kernel
// wants and drop it.
#pragma once

#include "engine/edge/coding/EntropyCoding.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace espalier::edge {

struct TensorRecord;
class Workers;

struct Tensor {
    std::string name;
    std::vector<std::int64_t> shape; ///< every dimension at least 1
    bool quantized = false;
    std::vector<float> values;      ///< when not quantized: one an element, all finite
    std::vector<std::int8_t> codes; ///< when quantized: one an element, -127 to 127, also of a tensor that has 4 bits
    std::vector<float> scales;      ///< when quantized: those of each row (first dimension), finite and not negative
    std::size_t groupElements = 0;  ///< when quantized: elements of a row that share a scale; the last of a row may be fewer

    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(shape.front()); }
    /// Elements of one row.
    [[nodiscard]] std::size_t columns() const { return (quantized ? codes.size() : values.size()) / rows(); }
    /// Scales of one row, when quantized.
    [[nodiscard]] std::size_t scalesPerRow() const { return scales.size() / rows(); }
    /// Element @p index as a number, whatever the encoding.
    [[nodiscard]] float at(std::size_t index) const
    {
        if (!quantized)
            return values[index];
        return scales[index / columns() * scalesPerRow() + index % columns() / groupElements] * static_cast<float>(codes[index]);
    }
    /// Calls @p take(column, value) for each element of row @p row of a tensor of two dimensions, whose rows have @p length elements.
    template <typename Take>
    void readRow(std::size_t row, std::size_t length, Take take) const
    {
        readRow(row, length, quantized ? codes.data() + row * length : nullptr, take);
    }
    /// The same, where the row's codes are at @p from.
    template <typename Take>
    void readRow(std::size_t row, std::size_t length, const std::int8_t* from, Take take) const
    {
        if (!quantized) {
            const float* numbers = values.data() + row * length;
            for (std::size_t c = 0; c < length; ++c)
                take(c, numbers[c]);
            return;
        }
        const float* scale = scales.data() + row * ((length + groupElements - 1) / groupElements);
        for (std::size_t begin = 0; begin < length; begin += groupElements, ++scale)
            for (std::size_t c = begin; c < begin + std::min(groupElements, length - begin); ++c)
                take(c, *scale * static_cast<float>(from[c]));
    }
};

/// What a record says of a tensor before its bytes are looked at.
struct TensorHead {
    Tensor tensor; ///< without values, codes and scales
    std::size_t count = 0;  ///< elements
    std::size_t scales = 0; ///< where quantized
};
/// Refuses what has more than 2^28 elements.
Result<TensorHead> tensorHead(const TensorRecord& record);
/// The largest code that its encoding has, where it has codes.
int largestCode(const TensorRecord& record);
/// "The tensor 'x' " + @p why.
Error badTensor(const TensorRecord& record, const std::string& why);

/// Decodes @p bytes, which must be exactly what @p record describes. InvalidFormat names the tensor and what is wrong. @p workers, where there are any, share the work. @p release is told of
/// parts of @p bytes as they are decoded.
Result<Tensor> decodeTensor(const TensorRecord& record, std::span<const std::byte> bytes, Workers* workers = nullptr, const ReleaseBytes& release = {});

} // namespace espalier::edge
