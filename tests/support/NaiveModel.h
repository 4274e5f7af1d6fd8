// SPDX-License-Identifier: GPL-3.0-or-later
// The ops of Program.h written down as plainly as they are defined there, in double, for tests to compare with.
#pragma once

#include "engine/edge/NgramHash.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace espalier::test {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

inline Rows naiveEmbedding(const std::vector<float>& weight, std::size_t columns, const std::vector<std::int32_t>& ids)
{
    Rows rows;
    for (const std::int32_t id : ids) {
        Row row(columns, 0);
        for (std::size_t c = 0; c < columns && id != 0; ++c)
            row[c] = weight[static_cast<std::size_t>(id) * columns + c];
        rows.push_back(row);
    }
    return rows;
}

/// The mean of the rows of all tokens and of all runs of 2 to @p order tokens; ngrams is buckets x columns.
inline Row naiveNgramMean(const std::vector<float>& weight, const std::vector<float>& ngrams, std::size_t columns, const std::vector<std::int32_t>& ids,
                          std::size_t order)
{
    Rows rows = naiveEmbedding(weight, columns, ids);
    for (std::size_t length = 2; length <= order; ++length)
        for (std::size_t begin = 0; begin + length <= ids.size(); ++begin) {
            edge::NgramHash hash;
            for (std::size_t i = begin; i < begin + length; ++i)
                hash.add(ids[i]);
            const std::size_t bucket = hash.bucket(ngrams.size() / columns);
            rows.emplace_back(ngrams.begin() + static_cast<std::ptrdiff_t>(bucket * columns), ngrams.begin() + static_cast<std::ptrdiff_t>((bucket + 1) * columns));
        }
    Row mean(columns, 0);
    for (const Row& row : rows)
        for (std::size_t c = 0; c < columns; ++c)
            mean[c] += row[c] / static_cast<double>(rows.size());
    return mean;
}

/// weight is filters x columns x width.
inline Row naiveConvMax(Rows rows, const std::vector<float>& weight, const std::vector<float>& bias, std::size_t width, bool relu)
{
    const std::size_t columns = rows[0].size();
    while (rows.size() < width)
        rows.emplace_back(columns, 0.0);
    Row out;
    for (std::size_t f = 0; f < bias.size(); ++f) {
        double best = -std::numeric_limits<double>::infinity();
        for (std::size_t t = 0; t + width <= rows.size(); ++t) {
            double sum = bias[f];
            for (std::size_t c = 0; c < columns; ++c)
                for (std::size_t w = 0; w < width; ++w)
                    sum += static_cast<double>(weight[(f * columns + c) * width + w]) * rows[t + w][c];
            best = std::max(best, relu ? std::max(sum, 0.0) : sum);
        }
        out.push_back(best);
    }
    return out;
}

inline Row naiveLinear(const Row& in, const std::vector<float>& weight, const std::vector<float>& bias, bool relu)
{
    Row out;
    for (std::size_t o = 0; o < bias.size(); ++o) {
        double sum = bias[o];
        for (std::size_t i = 0; i < in.size(); ++i)
            sum += static_cast<double>(weight[o * in.size() + i]) * in[i];
        out.push_back(relu ? std::max(sum, 0.0) : sum);
    }
    return out;
}

inline Row naiveActivation(Row row, const std::string& activation)
{
    for (double& x : row)
        if (activation == "relu")
            x = std::max(x, 0.0);
        else if (activation == "gelu")
            x *= 0.5 * (1 + std::erf(x / std::sqrt(2.0)));
        else if (activation == "tanh")
            x = std::tanh(x);
    return row;
}

inline Row naiveAdd(Row one, const Row& two)
{
    for (std::size_t i = 0; i < one.size(); ++i)
        one[i] += two[i];
    return one;
}

inline Row naiveLayerNorm(Row row, const std::vector<float>& weight, const std::vector<float>& bias, double epsilon)
{
    double mean = 0;
    double variance = 0;
    for (const double x : row)
        mean += x / static_cast<double>(row.size());
    for (const double x : row)
        variance += (x - mean) * (x - mean) / static_cast<double>(row.size());
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = (row[i] - mean) / std::sqrt(variance + epsilon) * static_cast<double>(weight[i]) + static_cast<double>(bias[i]);
    return row;
}

inline Rows naiveAttention(const Rows& query, const Rows& key, const Rows& value, std::size_t heads)
{
    const std::size_t size = query[0].size() / heads;
    Rows out;
    for (const Row& q : query) {
        Row mixed(q.size(), 0);
        for (std::size_t h = 0; h < heads; ++h) {
            std::vector<double> weights;
            double sum = 0;
            for (const Row& k : key) {
                double score = 0;
                for (std::size_t c = h * size; c < (h + 1) * size; ++c)
                    score += q[c] * k[c];
                weights.push_back(std::exp(score / std::sqrt(static_cast<double>(size))));
                sum += weights.back();
            }
            for (std::size_t t = 0; t < value.size(); ++t)
                for (std::size_t c = h * size; c < (h + 1) * size; ++c)
                    mixed[c] += weights[t] / sum * value[t][c];
        }
        out.push_back(mixed);
    }
    return out;
}

inline Row naiveSoftmax(const Row& in)
{
    Row out;
    double sum = 0;
    for (const double x : in)
        sum += std::exp(x);
    for (const double x : in)
        out.push_back(std::exp(x) / sum);
    return out;
}

} // namespace espalier::test
