// SPDX-License-Identifier: GPL-3.0-or-later
// The reference of ops that make one row of many tokens.
#include "engine/edge/NgramHash.h"
#include "engine/exporting/ReferenceOps.h"

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

} // namespace espalier::reference
