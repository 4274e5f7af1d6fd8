// SPDX-License-Identifier: GPL-3.0-or-later
// Encodings: how a tensor is stored in a package: in fp32, or as codes and scales of a precision (models/Quantization.h), in the smallest form.
#pragma once

#include "engine/models/Quantization.h"

#include <optional>
#include <string_view>

namespace espalier {

/// What decides the size of the sparse encodings.
struct StoredCounts {
    std::uint64_t values = 0; ///< fp32 values that are not zero
    std::uint64_t codes = 0;  ///< codes that are not zero
    std::optional<std::uint64_t> entropyCoded; ///< bytes in "i8_rans" or "i4_rans", where it can be had
};

struct EncodingChoice {
    std::string encoding; ///< see edge/PackageFormat.h
    std::uint64_t bytes = 0;
    std::uint64_t group = 0; ///< of the tensor's record
};

struct EncodedTensor {
    EncodingChoice choice;
    StoredCounts counts;
    std::string bytes;
};

/// InvalidArgument: a size that does not fit the shape; the first value that is not finite, by its number.
Result<void> checkTensor(const std::string& name, const Tensor& tensor);

/// The smallest encoding that @p precision, a text, allows; sparse and entropy-coded ones only if @p sparse. Of equal sizes the more
/// precise, then the dense one. A quantised precision lets a nearly empty tensor be "f32_sparse", which needs no scales.
Result<EncodingChoice> smallestEncoding(const std::vector<std::int64_t>& shape, const StoredCounts& counts, std::string_view precision, bool sparse);

/// Chooses and writes. InvalidArgument: a value that is not finite, a size that does not fit the shape, an unknown precision.
Result<EncodedTensor> encodeTensor(const std::string& name, const Tensor& tensor, std::string_view precision, bool sparse);

} // namespace espalier
