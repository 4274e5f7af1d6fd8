// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/DifferingOp.h"

#include "engine/edge/Session.h"
#include "engine/exporting/Encodings.h"
#include "engine/exporting/ReferenceRunner.h"

#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

/// Share of an output's largest |value| by which an element may differ. The runtime's int8 layers also round what flows into them.
double opTolerance(const std::string& precision)
{
    return precision == "int8" ? 0.05 : 1e-3;
}

/// The weights that @p package claims to hold.
Result<Weights> packagedWeights(const Checkpoint& checkpoint, const edge::PackageHeader& header)
{
    Weights weights = checkpoint.weights;
    for (const auto& record : header.tensors) {
        const auto found = weights.find(record.name);
        if (found == weights.end() || !record.encoding.starts_with("i8"))
            continue;
        ESPALIER_TRY(const QuantizedTensor quantized, quantizeRows(record.name, found->second));
        found->second = dequantize(quantized, found->second.shape);
    }
    return weights;
}

struct Comparison {
    double difference = 0; ///< largest
    double allowed = 0;
};

Comparison compare(std::span<const float> edgeValues, const ReferenceValue& reference, double tolerance)
{
    Comparison result;
    double largest = 0;
    for (std::size_t i = 0; i < std::min(edgeValues.size(), reference.values.size()); ++i) {
        const double difference = std::fabs(static_cast<double>(edgeValues[i]) - static_cast<double>(reference.values[i]));
        result.difference = std::max(result.difference, std::isfinite(difference) ? difference : HUGE_VAL);
        largest = std::max(largest, std::fabs(static_cast<double>(reference.values[i])));
    }
    result.allowed = tolerance * largest + 1e-5;
    return result;
}

std::string describe(const edge::Op& op)
{
    std::string text = "'" + op.kind + "' that makes '" + op.output + "'";
    std::string tensors;
    for (const auto& [role, name] : op.tensors)
        tensors += (tensors.empty() ? "" : ", ") + name;
    return tensors.empty() ? text : text + " from " + tensors;
}

} // namespace

Result<std::optional<DifferingOp>> findDifferingOp(const Checkpoint& checkpoint, const edge::PackageReader& package, const std::string& sentence)
{
    const edge::PackageHeader& header = package.header();
    ESPALIER_TRY(const Weights weights, packagedWeights(checkpoint, header));
    std::vector<std::int32_t> ids;
    checkpoint.tokenizer.encode(sentence, ids);
    ESPALIER_TRY(const auto reference, runReference(header.program, weights, ids));
    ESPALIER_TRY(edge::Session session, edge::Session::create(package));
    session.classify(sentence);
    for (const auto& op : header.program.ops) {
        const auto values = session.value(op.output);
        const ReferenceValue& expected = reference.at(op.output);
        if (values.size() != expected.values.size())
            return std::optional(DifferingOp{describe(op) + " (" + std::to_string(values.size()) + " values for " +
                                                 std::to_string(expected.values.size()) + ")", HUGE_VAL});
        const Comparison comparison = compare(values, expected, opTolerance(header.precision));
        if (comparison.difference > comparison.allowed)
            return std::optional(DifferingOp{describe(op), comparison.difference});
    }
    return std::optional<DifferingOp>();
}

} // namespace espalier
