// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/OpCheck.h"

#include "engine/exporting/PackagedWeights.h"
#include "engine/exporting/ReferenceRunner.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace espalier {

namespace {

constexpr double floatTolerance = 1e-3; ///< share of an output's largest |value|: additions in another order
constexpr double floorTolerance = 1e-6;

float largestOf(std::span<const float> values)
{
    float largest = 0;
    for (const float value : values)
        largest = std::max(largest, std::fabs(value));
    return largest;
}

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        largest = std::max(largest, std::isfinite(difference) ? difference : HUGE_VAL);
    }
    return largest;
}

/// Of the sums of |value| over each row (first dimension).
double largestRowSum(const Tensor& tensor)
{
    const std::size_t columns = tensor.values.size() / static_cast<std::size_t>(tensor.shape.front());
    double largest = 0;
    for (auto row = tensor.values.begin(); row != tensor.values.end(); row += static_cast<std::ptrdiff_t>(columns)) {
        double sum = 0;
        for (auto value = row; value != row + static_cast<std::ptrdiff_t>(columns); ++value)
            sum += std::fabs(static_cast<double>(*value));
        largest = std::max(largest, sum);
    }
    return largest;
}

/// Of an element that is at most @p largest, by its rounding to 8 bits, and by what is cut off beyond a calibrated range.
double elementError(const edge::Op& op, const char* attribute, double largest)
{
    constexpr double halfStep = 0.5 / 127;
    const auto given = op.attributes.find(attribute);
    if (given == op.attributes.end())
        return halfStep * largest;
    const double range = std::strtod(given->second.c_str(), nullptr);
    return halfStep * range + std::max(0.0, largest - range);
}

std::string describe(const edge::Op& op)
{
    const std::string text = "'" + op.kind + "' that makes '" + op.output + "'";
    std::string tensors;
    for (const auto& [role, name] : op.tensors)
        tensors += (tensors.empty() ? "" : ", ") + name;
    return tensors.empty() ? text : text + " from " + tensors;
}

} // namespace

Result<OpCheck> OpCheck::create(const Checkpoint& checkpoint, const edge::PackageReader& package)
{
    ESPALIER_TRY(edge::Session session, edge::Session::create(package));
    OpCheck check(checkpoint, package, std::move(session));
    check.m_weights = packagedWeights(checkpoint.weights, package.header());
    for (const auto& record : package.header().tensors)
        if (const auto found = check.m_weights.find(record.name); found != check.m_weights.end() && precisionOf(record).bits != 32)
            check.m_largestRowSum[record.name] = largestRowSum(found->second);
    return check;
}

/// What rounding the inputs of @p op's quantised tensors can do at most; a recurrent op also rounds its state, which is at most 1, at every token.
double OpCheck::roundingBound(const edge::Op& op, float largestInput, std::size_t tokens) const
{
    const bool recurrent = op.tensors.contains("weight_hh");
    double bound = 0;
    for (const auto& [role, name] : op.tensors)
        if (const auto sum = m_largestRowSum.find(name); sum != m_largestRowSum.end())
            bound += (role == "weight_hh" ? elementError(op, "state_range", 1) : elementError(op, "input_range", static_cast<double>(largestInput))) * sum->second;
    return recurrent ? bound * static_cast<double>(tokens) : bound;
}

Result<std::optional<DifferingOp>> OpCheck::firstDifference(const std::string& sentence)
{
    std::vector<std::int32_t> ids;
    m_checkpoint->tokenizer.encode(sentence, ids);
    std::vector<std::uint32_t> words;
    for (const Word& word : m_session.classify(sentence).words)
        words.push_back(word.token);
    ReferenceValues values;
    for (const auto& op : m_header->program.ops) {
        ESPALIER_TRY(ReferenceValue expected, runReferenceOp(op, m_weights, values, {ids, words}));
        const auto actual = m_session.value(op.output);
        if (actual.size() != expected.values.size())
            return std::optional(DifferingOp{describe(op), HUGE_VAL});
        float largestInput = 0;
        for (const auto& input : op.inputs)
            if (const auto value = values.find(input); value != values.end())
                largestInput = std::max(largestInput, largestOf(value->second.values));
        const double difference = largestDifference(actual, expected.values);
        const double allowed = floorTolerance + floatTolerance * static_cast<double>(largestOf(expected.values)) + roundingBound(op, largestInput, ids.size());
        if (difference > allowed)
            return std::optional(DifferingOp{describe(op), difference});
        expected.values.assign(actual.begin(), actual.end());
        values[op.output] = std::move(expected);
    }
    return std::optional<DifferingOp>();
}

} // namespace espalier
