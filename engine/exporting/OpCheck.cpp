// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exporting/OpCheck.h"

#include "engine/exporting/PackagedWeights.h"
#include "engine/exporting/ReferenceRunner.h"

#include <algorithm>
#include <cmath>

namespace espalier {

namespace {

constexpr double floatTolerance = 1e-3; ///< share of an output's largest |value|: additions in another order
constexpr double floorTolerance = 1e-6;
constexpr double statesBeside = 4; ///< a state is not known to the last bit, so that now and then one falls on the other side of a half step

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
        if (precisionOf(record).bits != 32)
            check.m_coded.insert(record.name);
    return check;
}

/// A state's element is at most 1.
double OpCheck::stateTolerance(const edge::Op& op) const
{
    const auto state = op.tensors.find("weight_hh");
    if (state == op.tensors.end() || !m_coded.contains(state->second))
        return 0;
    return statesBeside / 127 * static_cast<double>(largestOf(m_weights.at(state->second).values));
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
        ESPALIER_TRY(ReferenceValue expected, runReferenceOp(op, {m_weights, m_coded}, values, {ids, words}));
        const auto actual = m_session.value(op.output);
        if (actual.size() != expected.values.size())
            return std::optional(DifferingOp{describe(op), HUGE_VAL});
        const double difference = largestDifference(actual, expected.values);
        const double allowed = floorTolerance + floatTolerance * static_cast<double>(largestOf(expected.values)) + stateTolerance(op);
        if (difference > allowed)
            return std::optional(DifferingOp{describe(op), difference});
        expected.values.assign(actual.begin(), actual.end());
        values[op.output] = std::move(expected);
    }
    return std::optional<DifferingOp>();
}

} // namespace espalier
