// SPDX-License-Identifier: GPL-3.0-or-later
// What ReferenceRunner's ops are written with, and those that have files of their own. Plain loops over doubles.
#pragma once

#include "engine/exporting/ReferenceRunner.h"

namespace espalier::reference {

/// What an op is computed from.
struct OpInputs {
    const edge::Op& op;
    const ReferenceTensors& tensors;
    const ReferenceValues& values;
    std::span<const std::int32_t> ids;
    std::span<const std::uint32_t> words;

    [[nodiscard]] Error unusable(const std::string& why) const
    {
        return {ErrorCode::InvalidFormat, "Op '" + op.kind + "' that makes '" + op.output + "' " + why + ".", {}, {}};
    }
    [[nodiscard]] Result<const Tensor*> tensor(const std::string& role, std::size_t dimensions) const
    {
        const auto name = op.tensors.find(role);
        const auto found = name == op.tensors.end() ? tensors.weights->end() : tensors.weights->find(name->second);
        if (found == tensors.weights->end())
            return unusable("has no " + role);
        if (found->second.shape.size() != dimensions)
            return unusable("has a " + role + " of " + std::to_string(found->second.shape.size()) + " dimensions");
        return &found->second;
    }
    [[nodiscard]] Result<const ReferenceValue*> input(std::size_t index) const
    {
        const auto found = index < op.inputs.size() ? values.find(op.inputs[index]) : values.end();
        if (found == values.end())
            return unusable("has no input " + std::to_string(index));
        return &found->second;
    }
    /// @p value, each row rounded to 8 bits where the tensor @p role is stored as codes. @p attribute names the calibrated range.
    [[nodiscard]] ReferenceValue multiplied(const std::string& role, const std::string& attribute, ReferenceValue value) const;
    /// Applies the attribute "activation".
    Result<void> activate(ReferenceValue& value) const;
};

inline std::size_t dimension(const Tensor& tensor, std::size_t index)
{
    return static_cast<std::size_t>(tensor.shape[index]);
}

/// An op's id and how it is computed.
struct ReferenceOp {
    std::string id;
    Result<ReferenceValue> (*run)(const OpInputs&) = nullptr;
};

Result<ReferenceValue> tagSoftmax(const OpInputs& in);
Result<ReferenceValue> crf(const OpInputs& in);
Result<ReferenceValue> ngramMean(const OpInputs& in);
Result<ReferenceValue> lstm(const OpInputs& in);
Result<ReferenceValue> gru(const OpInputs& in);
Result<ReferenceValue> maxPool(const OpInputs& in);
Result<ReferenceValue> meanPool(const OpInputs& in);
Result<ReferenceValue> attentionPool(const OpInputs& in);
Result<ReferenceValue> firstRow(const OpInputs& in);
Result<ReferenceValue> addPositions(const OpInputs& in);
Result<ReferenceValue> add(const OpInputs& in);
Result<ReferenceValue> layerNorm(const OpInputs& in);
Result<ReferenceValue> selfAttention(const OpInputs& in);

} // namespace espalier::reference
