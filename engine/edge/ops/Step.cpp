// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/ops/Step.h"

#include "engine/edge/kernels/PackedMatrix.h"

#include <algorithm>

namespace espalier::edge {
namespace {

constexpr std::size_t slotAlignment = 64;
constexpr std::size_t maxArenaBytes = std::size_t{256} << 20;

Error wrongDimensions(const Op& op, const std::string& role, std::size_t expected, std::size_t actual)
{
    return opError(op, "its " + role + " must have " + std::to_string(expected) + " dimensions, not " + std::to_string(actual));
}

} // namespace

Result<Slot> BuildContext::reserve(std::size_t rows, std::size_t columns, std::size_t elementBytes)
{
    std::size_t bytes = 0;
    const bool overflow = __builtin_mul_overflow(rows, columns, &bytes) || __builtin_mul_overflow(bytes, elementBytes, &bytes);
    if (overflow || bytes > maxArenaBytes - m_arenaBytes)
        return Error{ErrorCode::Unsupported, "One sentence would need more than 256 MiB of working memory.",
                     "Train with a smaller greatest length or a narrower model.", {}};
    const Slot slot{m_arenaBytes};
    m_arenaBytes = std::min(maxArenaBytes, m_arenaBytes + (bytes + slotAlignment - 1) / slotAlignment * slotAlignment);
    return slot;
}

Result<ValueInfo> BuildContext::reserveValue(bool perToken, std::size_t columns)
{
    if (m_output && m_output->perToken == perToken && m_output->columns == columns)
        return *m_output;
    if (m_output)
        return Error{ErrorCode::Internal, "An op's output is another than was planned.", {}, {}};
    ESPALIER_TRY(const Slot slot, reserve(ValueInfo{perToken, columns, {}}.rows(m_maxTokens), columns, sizeof(float)));
    return ValueInfo{perToken, columns, slot};
}

Result<ValueInfo> BuildContext::input(const Op& op, std::size_t index) const
{
    const auto& values = m_planned != nullptr ? m_planned->m_values : m_values;
    const auto it = values.find(op.inputs[index]);
    if (it == values.end())
        return opError(op, "its input '" + op.inputs[index] + "' is no matrix");
    return it->second;
}

Result<ValueInfo> BuildContext::rowInput(const Op& op, std::size_t index) const
{
    ESPALIER_TRY(const ValueInfo value, input(op, index));
    if (value.perToken)
        return opError(op, "its input '" + op.inputs[index] + "' has a row a token, but it takes a single row");
    return value;
}

Result<ValueInfo> BuildContext::tokenInput(const Op& op, std::size_t index) const
{
    ESPALIER_TRY(const ValueInfo value, input(op, index));
    if (!value.perToken)
        return opError(op, "its input '" + op.inputs[index] + "' must have a row a token");
    return value;
}

Result<Tensor> BuildContext::tensor(const Op& op, const std::string& role, std::size_t dimensions) const
{
    auto tensor = m_reader.tensor(op.tensors.at(role), m_workers);
    if (!tensor)
        return opError(op, tensor.error().message());
    if (tensor->shape.size() != dimensions)
        return wrongDimensions(op, role, dimensions, tensor->shape.size());
    return tensor;
}

Result<RowTable> BuildContext::rowTable(const Op& op, const std::string& role) const
{
    auto table = m_reader.rowTable(op.tensors.at(role), m_loading, m_workers);
    if (!table)
        return opError(op, table.error().message());
    if (table->shape().size() != 2)
        return wrongDimensions(op, role, 2, table->shape().size());
    return table;
}

Result<std::vector<float>> BuildContext::vector(const Op& op, const std::string& role, std::size_t length) const
{
    ESPALIER_TRY(const Tensor values, tensor(op, role, 1));
    if (values.rows() != length)
        return opError(op, "its " + role + " has " + std::to_string(values.rows()) + " elements where its weight needs " + std::to_string(length));
    std::vector<float> result(length);
    for (std::size_t i = 0; i < length; ++i)
        result[i] = values.at(i);
    return result;
}

MatrixPlan unpackedPlan(const Tensor& weight)
{
    const std::size_t count = weight.quantized ? weight.codes.size() : weight.values.size();
    const std::size_t zeros = weight.quantized ? zerosOf(weight.codes) : static_cast<std::size_t>(std::count(weight.values.begin(), weight.values.end(), 0.0F));
    return {weight.name, weight.quantized ? "groups" : "float", 1 - static_cast<double>(zeros) / static_cast<double>(count),
            count * (weight.quantized ? sizeof(std::int8_t) : sizeof(float)) + weight.scales.size() * sizeof(float)};
}

std::vector<float> scalesByGroup(const Tensor& weight)
{
    const std::size_t groups = weight.scalesPerRow();
    std::vector<float> scales;
    for (std::size_t g = 0; groups > 1 && g < groups; ++g)
        for (std::size_t row = 0; row < weight.rows(); ++row)
            scales.push_back(weight.scales[row * groups + g]);
    return scales;
}

Error opError(const Op& op, std::string why)
{
    const char* end = why.empty() || why.back() != '.' ? "." : "";
    return {ErrorCode::InvalidFormat, "The op " + op.kind + " that makes '" + op.output + "': " + std::move(why) + end, {}, {}};
}

Result<void> checkForm(const Op& op, std::size_t inputs, const std::vector<std::string>& tensors, const std::vector<std::string>& attributes)
{
    if (inputs > 0 && op.inputs.size() != inputs)
        return opError(op, "it takes " + std::to_string(inputs) + " input, not " + std::to_string(op.inputs.size()));
    for (const auto& role : tensors)
        if (!op.tensors.contains(role))
            return opError(op, "its tensor '" + role + "' is missing");
    if (op.tensors.size() != tensors.size())
        return opError(op, "it has a tensor that it does not know");
    for (const auto& [name, value] : op.attributes)
        if (std::find(attributes.begin(), attributes.end(), name) == attributes.end())
            return opError(op, "this runtime does not know its attribute '" + name + "'");
    return {};
}

std::optional<float> numberOf(const Op& op, const char* name)
{
    const auto text = op.attributes.find(name);
    if (text == op.attributes.end())
        return {};
    const auto number = parseJson(text->second, name);
    return number && number->is_number() ? std::optional(number->get<float>()) : std::nullopt;
}

Result<float> rangeOf(const Op& op, const char* name)
{
    const auto text = op.attributes.find(name);
    if (text == op.attributes.end())
        return 0.0F;
    const float range = numberOf(op, name).value_or(0);
    if (!(range >= 1e-30F && range <= 1e30F))
        return opError(op, std::string("its attribute '") + name + "' is '" + text->second + "', which is no number above 0");
    return range;
}

Result<bool> usesRelu(const Op& op)
{
    const auto it = op.attributes.find("activation");
    if (it == op.attributes.end() || it->second == "none")
        return false;
    if (it->second == "relu")
        return true;
    return opError(op, "this runtime does not know the activation '" + it->second + "'");
}

} // namespace espalier::edge
