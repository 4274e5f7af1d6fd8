// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/ReferenceRunner.h"

#include "engine/core/Catalog.h"
#include "engine/exporting/ReferenceOps.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace espalier {

namespace {

using reference::dimension;
using reference::OpInputs;
using reference::ReferenceOp;

using Function = double (*)(double);

const std::map<std::string, Function>& activations()
{
    static const std::map<std::string, Function> functions{{"relu", [](double x) { return std::max(x, 0.0); }},
                                                           {"gelu", [](double x) { return x * 0.5 * std::erfc(-x / std::sqrt(2.0)); }},
                                                           {"tanh", [](double x) { return std::tanh(x); }}};
    return functions;
}

/// Symmetric: @p range, or where it is 0 the row's largest magnitude, becomes 127; the nearest of the 255 steps, ties to the even one. In floats, as the runtime is to do it.
void roundRow(std::span<float> row, float range)
{
    constexpr float tooSmall = 1e-30F;
    float largest = range;
    for (std::size_t i = 0; range == 0 && i < row.size(); ++i)
        largest = std::max(largest, std::fabs(row[i]));
    if (largest <= tooSmall)
        return std::fill(row.begin(), row.end(), 0.0F);
    const float perUnit = 127.0F / largest;
    for (float& value : row)
        value = std::nearbyint(std::clamp(value * perUnit, -127.0F, 127.0F)) * (largest / 127.0F);
}

Result<ReferenceValue> embedding(const OpInputs& in)
{
    ESPALIER_TRY(const Tensor* weight, in.tensor("weight", 2));
    const std::size_t width = dimension(*weight, 1);
    ReferenceValue out{in.ids.size(), width, std::vector<float>(in.ids.size() * width)};
    for (std::size_t t = 0; t < in.ids.size(); ++t) {
        const auto id = static_cast<std::size_t>(in.ids[t]);
        if (id >= dimension(*weight, 0))
            return in.unusable("was given token " + std::to_string(id) + ", which its vocabulary does not have");
        for (std::size_t e = 0; id != 0 && e < width; ++e)
            out.values[t * width + e] = weight->values[id * width + e];
    }
    return out;
}

/// One filter at one place; rows past the end count as zero.
double filterAt(const Tensor& weight, std::size_t filter, const ReferenceValue& input, std::size_t start)
{
    const std::size_t width = dimension(weight, 2);
    const std::size_t used = std::min(width, input.rows - start);
    double sum = 0;
    for (std::size_t e = 0; e < input.columns; ++e)
        for (std::size_t w = 0; w < used; ++w)
            sum += static_cast<double>(weight.values[(filter * input.columns + e) * width + w]) *
                   static_cast<double>(input.values[(start + w) * input.columns + e]);
    return sum;
}

Result<ReferenceValue> conv1dMax(const OpInputs& in)
{
    ESPALIER_TRY(const Tensor* weight, in.tensor("weight", 3));
    ESPALIER_TRY(const Tensor* bias, in.tensor("bias", 1));
    ESPALIER_TRY(const ReferenceValue* given, in.input(0));
    if (dimension(*weight, 1) != given->columns || dimension(*bias, 0) != dimension(*weight, 0) || given->rows == 0)
        return in.unusable("has tensors that do not fit its input");
    const ReferenceValue input = in.multiplied("weight", "input_range", *given);
    const std::size_t filters = dimension(*weight, 0);
    const std::size_t width = dimension(*weight, 2);
    const std::size_t places = input.rows < width ? 1 : input.rows - width + 1;
    ReferenceValue out{1, filters, std::vector<float>(filters)};
    for (std::size_t f = 0; f < filters; ++f) {
        double largest = filterAt(*weight, f, input, 0);
        for (std::size_t place = 1; place < places; ++place)
            largest = std::max(largest, filterAt(*weight, f, input, place));
        out.values[f] = static_cast<float>(largest + static_cast<double>(bias->values[f]));
    }
    ESPALIER_CHECK(in.activate(out)); // monotone, so it may follow the maximum
    return out;
}

Result<ReferenceValue> concat(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* first, in.input(0));
    ReferenceValue out{first->rows, 0, {}};
    std::vector<const ReferenceValue*> inputs;
    for (std::size_t i = 0; i < in.op.inputs.size(); ++i) {
        ESPALIER_TRY(const ReferenceValue* input, in.input(i));
        if (input->rows != out.rows)
            return in.unusable("has inputs of different numbers of rows");
        inputs.push_back(input);
        out.columns += input->columns;
    }
    for (std::size_t row = 0; row < out.rows; ++row)
        for (const ReferenceValue* input : inputs) {
            const auto begin = input->values.begin() + static_cast<std::ptrdiff_t>(row * input->columns);
            out.values.insert(out.values.end(), begin, begin + static_cast<std::ptrdiff_t>(input->columns));
        }
    return out;
}

Result<ReferenceValue> linear(const OpInputs& in)
{
    ESPALIER_TRY(const Tensor* weight, in.tensor("weight", 2));
    ESPALIER_TRY(const Tensor* bias, in.tensor("bias", 1));
    ESPALIER_TRY(const ReferenceValue* given, in.input(0));
    const std::size_t outputs = dimension(*weight, 0);
    const std::size_t columns = given->columns;
    if (dimension(*weight, 1) != columns || dimension(*bias, 0) != outputs)
        return in.unusable("has tensors that do not fit its input");
    const ReferenceValue input = in.multiplied("weight", "input_range", *given);
    ReferenceValue out{input.rows, outputs, std::vector<float>(input.rows * outputs)};
    for (std::size_t row = 0; row < input.rows; ++row)
        for (std::size_t o = 0; o < outputs; ++o) {
            double sum = static_cast<double>(bias->values[o]);
            for (std::size_t i = 0; i < columns; ++i)
                sum += static_cast<double>(weight->values[o * columns + i]) * static_cast<double>(input.values[row * columns + i]);
            out.values[row * outputs + o] = static_cast<float>(sum);
        }
    ESPALIER_CHECK(in.activate(out));
    return out;
}

Result<ReferenceValue> softmax(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ReferenceValue out = *input;
    if (out.values.empty())
        return in.unusable("has an empty input");
    const float largest = *std::max_element(out.values.begin(), out.values.end());
    double sum = 0;
    for (float& v : out.values)
        sum += static_cast<double>(v = std::exp(v - largest));
    for (float& v : out.values)
        v = static_cast<float>(static_cast<double>(v) / sum);
    return out;
}

Result<ReferenceValue> sigmoid(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ReferenceValue out = *input;
    for (float& v : out.values)
        v = static_cast<float>(1 / (1 + std::exp(-static_cast<double>(v))));
    return out;
}

const Catalog<ReferenceOp>& referenceOps()
{
    static const Catalog<ReferenceOp> catalog{"op", {
        {"embedding", embedding},
        {"ngram_mean", reference::ngramMean},
        {"conv1d_max", conv1dMax},
        {"lstm", reference::lstm},
        {"gru", reference::gru},
        {"max_pool", reference::maxPool},
        {"mean_pool", reference::meanPool},
        {"attention_pool", reference::attentionPool},
        {"first_row", reference::firstRow},
        {"add_positions", reference::addPositions},
        {"add", reference::add},
        {"layer_norm", reference::layerNorm},
        {"self_attention", reference::selfAttention},
        {"concat", concat},
        {"linear", linear},
        {"softmax", softmax},
        {"sigmoid", sigmoid},
        {"tag_softmax", reference::tagSoftmax},
        {"crf", reference::crf},
    }};
    return catalog;
}

} // namespace

ReferenceValue reference::OpInputs::multiplied(const std::string& role, const std::string& attribute, ReferenceValue value) const
{
    const auto name = op.tensors.find(role);
    if (tensors.coded == nullptr || name == op.tensors.end() || !tensors.coded->contains(name->second))
        return value;
    const auto range = op.attributes.find(attribute);
    for (std::size_t row = 0; row < value.rows; ++row)
        roundRow(std::span(value.values).subspan(row * value.columns, value.columns), range == op.attributes.end() ? 0.0F : std::strtof(range->second.c_str(), nullptr));
    return value;
}

Result<void> reference::OpInputs::activate(ReferenceValue& value) const
{
    const auto found = op.attributes.find("activation");
    if (found == op.attributes.end() || found->second == "none")
        return {};
    const auto known = activations().find(found->second);
    if (known == activations().end())
        return unusable("has the unknown activation '" + found->second + "'");
    for (float& v : value.values)
        v = static_cast<float>(known->second(static_cast<double>(v)));
    return {};
}

Result<ReferenceValue> runReferenceOp(const edge::Op& op, const ReferenceTensors& tensors, const ReferenceValues& values, const ReferenceSentence& sentence)
{
    ESPALIER_TRY(const ReferenceOp* reference, referenceOps().get(op.kind));
    return reference->run({op, tensors, values, sentence.ids, sentence.words});
}

Result<ReferenceValue> runReference(const edge::Program& program, const ReferenceTensors& tensors, const ReferenceSentence& sentence)
{
    ReferenceValues values;
    for (const edge::Op& op : program.ops) {
        ESPALIER_TRY(values[op.output], runReferenceOp(op, tensors, values, sentence));
    }
    return program.ops.empty() ? ReferenceValue() : std::move(values[program.ops.back().output]);
}

} // namespace espalier
