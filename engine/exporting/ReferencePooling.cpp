// SPDX-License-Identifier: GPL-3.0-or-later
// The reference of ops that make one row of many tokens.
#include "engine/edge/NgramHash.h"
#include "engine/exporting/ReferenceOps.h"

#include <algorithm>
#include <cmath>

namespace espalier::reference {
namespace {

void addRow(const Tensor& rows, std::size_t row, std::vector<double>& sum)
{
    for (std::size_t c = 0; c < sum.size(); ++c)
        sum[c] += static_cast<double>(rows.values[row * sum.size() + c]);
}

/// Rows of the n-grams of 2 to @p order tokens.
std::vector<std::size_t> ngramRows(std::span<const std::int32_t> ids, std::size_t order, std::size_t buckets)
{
    std::vector<std::size_t> rows;
    for (std::size_t length = 2; length <= order; ++length)
        for (std::size_t begin = 0; begin + length <= ids.size(); ++begin) {
            edge::NgramHash hash;
            for (const std::int32_t id : ids.subspan(begin, length))
                hash.add(id);
            rows.push_back(hash.bucket(buckets));
        }
    return rows;
}

} // namespace

Result<ReferenceValue> ngramMean(const OpInputs& in)
{
    ESPALIER_TRY(const Tensor* weight, in.tensor("weight", 2));
    const auto attribute = in.op.attributes.find("order");
    const std::size_t order = attribute == in.op.attributes.end() ? 1 : std::stoul(attribute->second);
    std::vector<double> sum(dimension(*weight, 1));
    for (const std::int32_t id : in.ids) {
        if (static_cast<std::size_t>(id) >= dimension(*weight, 0))
            return in.unusable("was given token " + std::to_string(id) + ", which its vocabulary does not have");
        if (id != 0)
            addRow(*weight, static_cast<std::size_t>(id), sum);
    }
    double features = static_cast<double>(in.ids.size());
    if (order > 1) {
        ESPALIER_TRY(const Tensor* ngrams, in.tensor("ngrams", 2));
        for (const std::size_t row : ngramRows(in.ids, order, dimension(*ngrams, 0))) {
            addRow(*ngrams, row, sum);
            ++features;
        }
    }
    ReferenceValue out{1, sum.size(), {}};
    for (const double value : sum)
        out.values.push_back(static_cast<float>(value / features));
    return out;
}

Result<ReferenceValue> maxPool(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    ReferenceValue out{1, input->columns, std::vector<float>(input->columns, -HUGE_VALF)};
    for (std::size_t i = 0; i < input->values.size(); ++i)
        out.values[i % input->columns] = std::max(out.values[i % input->columns], input->values[i]);
    return out;
}

namespace {

/// The sum of @p input's rows, each times its weight.
ReferenceValue weightedSum(const ReferenceValue& input, const std::vector<double>& weights)
{
    ReferenceValue out{1, input.columns, {}};
    for (std::size_t c = 0; c < input.columns; ++c) {
        double sum = 0;
        for (std::size_t t = 0; t < input.rows; ++t)
            sum += weights[t] * static_cast<double>(input.values[t * input.columns + c]);
        out.values.push_back(static_cast<float>(sum));
    }
    return out;
}

} // namespace

Result<ReferenceValue> meanPool(const OpInputs& in)
{
    ESPALIER_TRY(const ReferenceValue* input, in.input(0));
    return weightedSum(*input, std::vector<double>(input->rows, 1.0 / static_cast<double>(input->rows)));
}

Result<ReferenceValue> attentionPool(const OpInputs& in)
{
    ESPALIER_TRY(const Tensor* query, in.tensor("query", 1));
    ESPALIER_TRY(const ReferenceValue* keys, in.input(0));
    ESPALIER_TRY(const ReferenceValue* input, in.input(1));
    if (keys->columns != query->values.size() || keys->rows != input->rows || keys->rows == 0)
        return in.unusable("has a query or inputs that do not fit together");
    std::vector<double> weights;
    for (std::size_t t = 0; t < keys->rows; ++t) {
        double score = 0;
        for (std::size_t k = 0; k < keys->columns; ++k)
            score += static_cast<double>(query->values[k]) * static_cast<double>(keys->values[t * keys->columns + k]);
        weights.push_back(score);
    }
    const double largest = *std::max_element(weights.begin(), weights.end());
    double total = 0;
    for (double& weight : weights)
        total += weight = std::exp(weight - largest);
    for (double& weight : weights)
        weight /= total;
    return weightedSum(*input, weights);
}

} // namespace espalier::reference
