// SPDX-License-Identifier: GPL-3.0-or-later
// The reference of ops that an encoder is made of.
#include "engine/exporting/ReferenceOps.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace espalier::reference {
namespace {

/// The number in attribute @p name.
Result<double> number(const OpInputs& in, const std::string& name)
{
    const auto found = in.op.attributes.find(name);
    char* end = nullptr;
    const double value = found == in.op.attributes.end() ? 0 : std::strtod(found->second.c_str(), &end);
    if (end == nullptr || *end != '\0' || end == found->second.c_str())
        return in.unusable("has no number '" + name + "'");
    return value;
}

double at(const ReferenceValue& value, std::size_t row, std::size_t column)
{
    return static_cast<double>(value.values[row * value.columns + column]);
}

void normalizeRow(std::span<float> row, const Tensor& weight, const Tensor& bias, double epsilon)
{
    const auto count = static_cast<double>(row.size());
    double mean = 0;
    for (const float x : row)
        mean += static_cast<double>(x) / count;
    double variance = 0;
    for (const float x : row)
        variance += (static_cast<double>(x) - mean) * (static_cast<double>(x) - mean) / count;
    for (std::size_t c = 0; c < row.size(); ++c)
        row[c] = static_cast<float>((static_cast<double>(row[c]) - mean) / std::sqrt(variance + epsilon) * static_cast<double>(weight.values[c]) +
                                    static_cast<double>(bias.values[c]));
}

struct HeadColumns {
    std::size_t first;
    std::size_t count;
};

/// How much the token @p row attends to each token, in one head.
std::vector<double> attentionWeights(const ReferenceValue& query, const ReferenceValue& key, std::size_t row, HeadColumns head)
{
    std::vector<double> weights(key.rows);
    for (std::size_t t = 0; t < key.rows; ++t)
        for (std::size_t c = head.first; c < head.first + head.count; ++c)
            weights[t] += at(query, row, c) * at(key, t, c) / std::sqrt(static_cast<double>(head.count));
    const double largest = *std::max_element(weights.begin(), weights.end());
    double sum = 0;
    for (double& weight : weights)
        sum += weight = std::exp(weight - largest);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

} // namespace

Result<ReferenceValue> firstRow(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    return ReferenceValue{1, input->columns, {input->values.begin(), input->values.begin() + static_cast<std::ptrdiff_t>(input->columns)}};
}

Result<ReferenceValue> addPositions(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ESPALIER_TRY(const Tensor* position, in.tensor("position", 2));
    ESPALIER_TRY(const Tensor* segment, in.tensor("segment", 2));
    if (dimension(*position, 1) != input->columns || dimension(*segment, 1) != input->columns || dimension(*position, 0) < input->rows)
        return in.unusable("has tensors that do not fit its input");
    ReferenceValue out = *input;
    for (std::size_t i = 0; i < out.values.size(); ++i)
        out.values[i] += position->values[i] + segment->values[i % input->columns];
    return out;
}

Result<ReferenceValue> add(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* one, in.input(0));
    ESPALIER_TRY(const ReferenceValue* two, in.input(1));
    if (one->rows != two->rows || one->columns != two->columns)
        return in.unusable("has inputs of different sizes");
    ReferenceValue out = *one;
    for (std::size_t i = 0; i < out.values.size(); ++i)
        out.values[i] += two->values[i];
    return out;
}

Result<ReferenceValue> layerNorm(const OpInputs& in)
{
    ESPALIER_TRY(const Tensor* weight, in.tensor("weight", 1));
    ESPALIER_TRY(const Tensor* bias, in.tensor("bias", 1));
    ESPALIER_TRY(const double epsilon, number(in, "epsilon"));
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ReferenceValue out = *input;
    if (in.op.inputs.size() == 2) {
        ESPALIER_TRY(out, add(in));
    }
    if (dimension(*weight, 0) != out.columns || dimension(*bias, 0) != out.columns)
        return in.unusable("has tensors that do not fit its input");
    for (std::size_t row = 0; row < out.rows; ++row)
        normalizeRow(std::span(out.values).subspan(row * out.columns, out.columns), *weight, *bias, epsilon);
    return out;
}

Result<ReferenceValue> selfAttention(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* query, in.input(0));
    ESPALIER_TRY(const ReferenceValue* key, in.input(1));
    ESPALIER_TRY(const ReferenceValue* value, in.input(2));
    ESPALIER_TRY(const double heads, number(in, "heads"));
    const auto count = static_cast<std::size_t>(std::max(heads, 0.0));
    if (query->values.size() != key->values.size() || key->values.size() != value->values.size() || count == 0 || query->columns % count != 0)
        return in.unusable("has inputs or heads that do not fit");
    ReferenceValue out{query->rows, query->columns, std::vector<float>(query->values.size())};
    const std::size_t size = query->columns / count;
    for (std::size_t row = 0; row < out.rows; ++row)
        for (std::size_t first = 0; first < out.columns; first += size) {
            const auto weights = attentionWeights(*query, *key, row, {first, size});
            for (std::size_t column = first; column < first + size; ++column) {
                double sum = 0;
                for (std::size_t t = 0; t < value->rows; ++t)
                    sum += weights[t] * at(*value, t, column);
                out.values[row * out.columns + column] = static_cast<float>(sum);
            }
        }
    return out;
}

} // namespace espalier::reference
