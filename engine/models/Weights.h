// SPDX-License-Identifier: GPL-3.0-or-later
// Weights: a model's parameters as plain fp32 arrays by name, so that compression, export and files need no LibTorch.
#pragma once

#include "engine/core/Result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace espalier {

struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values; ///< row-major, product of shape elements
    bool operator==(const Tensor&) const = default;
};

using Weights = std::map<std::string, Tensor>;

/// 1 keeps an element, 0 prunes it; as many elements as the tensor of that name.
using Mask = std::vector<std::uint8_t>;
using Masks = std::map<std::string, Mask>;

/// Sets every masked element to zero. A mask without a tensor, or of another size, is an InvalidArgument error.
Result<void> applyMasks(Weights& weights, const Masks& masks);

/// safetensors (huggingface/safetensors, format of 2023): fp32 tensors, and masks as U8 tensors named "mask:<name>".
Result<void> writeSafetensors(const std::filesystem::path& path, const Weights& weights, const Masks& masks);
/// Checks every length and offset; refuses other dtypes by name.
Result<void> readSafetensors(const std::filesystem::path& path, Weights& weights, Masks& masks);

} // namespace espalier
