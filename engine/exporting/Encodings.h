// SPDX-License-Identifier: GPL-3.0-or-later
// Encodings: how a tensor is stored in a package. Symmetric int8 with one scale a row (first dimension): scale = largest
// |value| / 127, rounded up to four binary digits; code = value / scale to the nearest (halves to even), so the error is at most half a
// scale and zeros stay zero. The rounding costs at most an eighth of the precision, and saves most of 32 bits a row.
// Tensors of one dimension (biases) stay fp32: they are few, and an error in them shifts every answer.
#pragma once

#include "engine/models/Weights.h"

#include <optional>
#include <string_view>

namespace espalier {

struct QuantizedTensor {
    std::vector<float> scales;      ///< one a row; 0 for a row of zeros
    std::vector<std::int8_t> codes; ///< one an element, -127 to 127
};

/// What decides the size of the sparse encodings.
struct StoredCounts {
    std::uint64_t values = 0; ///< fp32 values that are not zero
    std::uint64_t codes = 0;  ///< int8 codes that are not zero
    std::optional<std::uint64_t> entropyCoded; ///< bytes in "i8_rans", where it can be had
};

struct EncodingChoice {
    std::string encoding; ///< see edge/PackageFormat.h
    std::uint64_t bytes = 0;
};

struct EncodedTensor {
    EncodingChoice choice;
    StoredCounts counts;
    std::string bytes;
};

/// The scale of a row whose largest |value| is @p largest.
float rowScale(float largest);
/// The code of @p value in a row with that scale.
std::int8_t rowCode(float value, float scale);

/// InvalidArgument names the first value that is not finite.
Result<QuantizedTensor> quantizeRows(const std::string& name, const Tensor& tensor);
/// What the edge runtime makes of the codes: scale x code.
Tensor dequantize(const QuantizedTensor& quantized, const std::vector<std::int64_t>& shape);

/// The smallest encoding that @p precision ("fp32" or "int8") allows; sparse ones only if @p sparse. Of equal sizes the more
/// precise, then the dense one. "int8" lets a nearly empty tensor be "f32_sparse", which needs no scales.
Result<EncodingChoice> smallestEncoding(const std::vector<std::int64_t>& shape, const StoredCounts& counts, std::string_view precision, bool sparse);

/// Chooses and writes. InvalidArgument: a value that is not finite, a size that does not fit the shape, an unknown precision.
Result<EncodedTensor> encodeTensor(const std::string& name, const Tensor& tensor, std::string_view precision, bool sparse);

} // namespace espalier
