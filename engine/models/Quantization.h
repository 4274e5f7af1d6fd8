// SPDX-License-Identifier: GPL-3.0-or-later
// Quantization: weights as small whole numbers. Symmetric: value = scale * code, with codes -127 to 127 in 8 bits and -7 to 7 in 4, and a scale for
// each row (first dimension) or for each group of a row. Codes are rounded to the nearest (halves to even), so zeros stay zero, and the error is at
// most half a scale, or 0.57 scales for the largest of a group. What was quantised once comes out the same when it is quantised again.
//
// A scale has four binary digits, which saves most of its 32 bits. In 8 bits it is rounded up, so that the largest |value| has a code; in 4 bits to the
// nearest, since up to half a code more is still rounded to the last one.
//
// A precision is named by a text: "fp32", "int8" (a scale a row), "int8_groups", "int4" (groups of 32 inputs), or with another size of group
// "int8_groups:64", "int4:128". This header is free of LibTorch.
#pragma once

#include "engine/models/Weights.h"

#include <algorithm>
#include <string_view>

namespace espalier {

struct Precision {
    int bits = 8;           ///< 32: not quantised; 8; 4
    std::int64_t group = 0; ///< inputs (second dimension) that share a scale, with all that further dimensions have of them; 0: the whole row

    bool operator==(const Precision&) const = default;
    /// The largest code.
    [[nodiscard]] float top() const { return bits == 4 ? 7.0F : 127.0F; }
};

inline constexpr std::int64_t usualGroup = 32;
inline constexpr std::int64_t smallestGroup = 8;

/// InvalidArgument names what is wrong.
Result<Precision> precisionFrom(std::string_view text);
std::string textOf(const Precision& precision);

/// Which elements share a scale.
struct ScaleLayout {
    std::size_t rows = 0;
    std::size_t columns = 0;       ///< elements of a row
    std::size_t groupElements = 0; ///< of a row; its last group may be smaller

    [[nodiscard]] std::size_t perRow() const { return (columns + groupElements - 1) / groupElements; }
    [[nodiscard]] std::size_t scaleOf(std::size_t place) const { return place / columns * perRow() + place % columns / groupElements; }
    /// The elements of a scale: the first, and how many.
    [[nodiscard]] std::size_t first(std::size_t scale) const { return scale / perRow() * columns + scale % perRow() * groupElements; }
    [[nodiscard]] std::size_t count(std::size_t scale) const { return std::min(groupElements, columns - scale % perRow() * groupElements); }
};

struct QuantizedTensor {
    ScaleLayout layout;
    std::vector<float> scales;      ///< those of each row; 0 for zeros
    std::vector<std::int8_t> codes; ///< one an element
};

/// The scale of values whose largest |value| is @p largest.
float scaleFor(float largest, const Precision& precision);
/// The code of @p value under that scale.
std::int8_t codeFor(float value, float scale, const Precision& precision);

/// Whether a tensor of @p shape is quantised at all. Those of one dimension (biases) stay fp32: they are few, and an error in them shifts every answer.
bool quantizes(const Precision& precision, const std::vector<std::int64_t>& shape);

ScaleLayout layoutOf(const std::vector<std::int64_t>& shape, const Precision& precision);
/// @p tensor has at least two dimensions, and its size is that of its shape.
QuantizedTensor quantize(const Tensor& tensor, const Precision& precision);
/// What the edge runtime makes of the codes: scale x code.
Tensor dequantize(const QuantizedTensor& quantized, const std::vector<std::int64_t>& shape);

/// The @p values of a tensor of @p shape become what they will be in a package, as dequantize(quantize()); unchanged where it is not quantised.
void roundTo(const Precision& precision, const std::vector<std::int64_t>& shape, float* values);

} // namespace espalier
