// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Calibration.h"

#include "engine/training/Checkpoint.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double least = 0.05;
constexpr double greatest = 20;

/// Derivative of the mean cross-entropy by the factor that the logits are multiplied with: E[z] under softmax(factor * z) less z of the truth.
double slope(const LogitTable& table, double factor)
{
    double sum = 0;
    for (std::size_t i = 0; i < table.truth.size(); ++i) {
        const auto row = table.row(i);
        const double norm = logSumExp(row, factor);
        double mean = 0;
        for (const float z : row)
            mean += static_cast<double>(z) * std::exp(factor * static_cast<double>(z) - norm);
        sum += mean - static_cast<double>(row[static_cast<std::size_t>(table.truth[i])]);
    }
    return sum;
}

Result<const edge::Op*> lastLinear(const edge::Program& program)
{
    const edge::Op* softmax = program.ops.empty() ? nullptr : &program.ops.back();
    if (softmax && softmax->kind == "softmax")
        for (const edge::Op& op : program.ops)
            if (op.kind == "linear" && op.output == softmax->inputs.front())
                return &op;
    return Error{ErrorCode::Unsupported, "This model does not end in a linear layer and a softmax, so its probabilities cannot be scaled.",
                 "Evaluate it without temperature scaling.", {}};
}

} // namespace

double logSumExp(std::span<const float> row, double scale)
{
    const double top = scale * static_cast<double>(*std::max_element(row.begin(), row.end()));
    double sum = 0;
    for (const float z : row)
        sum += std::exp(scale * static_cast<double>(z) - top);
    return top + std::log(sum);
}

double fitTemperature(const LogitTable& table)
{
    if (table.truth.empty())
        return 1;
    double low = 1 / greatest;
    double high = 1 / least;
    for (int i = 0; i < 40; ++i) {
        const double middle = std::sqrt(low * high);
        (slope(table, middle) < 0 ? low : high) = middle;
    }
    return 1 / std::sqrt(low * high);
}

Reliability reliabilityOf(const LogitTable& table, double temperature)
{
    Reliability reliability;
    reliability.bins.resize(reliabilityBins);
    for (std::size_t i = 0; i < table.truth.size(); ++i) {
        const auto row = table.row(i);
        const double norm = logSumExp(row, 1 / temperature);
        const auto best = std::max_element(row.begin(), row.end());
        const double confidence = std::exp(static_cast<double>(*best) / temperature - norm);
        const auto truth = static_cast<std::size_t>(table.truth[i]);
        // Bin m holds ((m - 1) / M, m / M], as in the paper.
        const int bin = std::clamp(static_cast<int>(std::ceil(confidence * reliabilityBins)) - 1, 0, reliabilityBins - 1);
        ReliabilityBin& counted = reliability.bins[static_cast<std::size_t>(bin)];
        ++counted.count;
        counted.confidence += confidence;
        counted.accuracy += static_cast<std::size_t>(best - row.begin()) == truth ? 1 : 0;
        reliability.loss += norm - static_cast<double>(row[truth]) / temperature;
    }
    const auto all = static_cast<double>(std::max<std::size_t>(table.truth.size(), 1));
    reliability.loss /= all;
    for (ReliabilityBin& bin : reliability.bins) {
        reliability.ece += std::fabs(bin.accuracy - bin.confidence) / all;
        bin.confidence /= static_cast<double>(std::max<std::int64_t>(bin.count, 1));
        bin.accuracy /= static_cast<double>(std::max<std::int64_t>(bin.count, 1));
    }
    return reliability;
}

std::vector<float> scaledProbabilities(const LogitTable& table, double temperature)
{
    std::vector<float> probabilities;
    probabilities.reserve(table.logits.size());
    for (std::size_t i = 0; i < table.truth.size(); ++i) {
        const double norm = logSumExp(table.row(i), 1 / temperature);
        for (const float z : table.row(i))
            probabilities.push_back(static_cast<float>(std::exp(static_cast<double>(z) / temperature - norm)));
    }
    return probabilities;
}

Result<void> applyTemperature(Checkpoint& checkpoint, double temperature)
{
    if (!(temperature > 0))
        return Error{ErrorCode::InvalidArgument, "A temperature must be greater than 0.", {}, {}};
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
    const edge::Program program = type->lower(checkpoint.model);
    ESPALIER_TRY(const edge::Op* linear, lastLinear(program));
    for (const auto& [role, name] : linear->tensors)
        for (float& value : checkpoint.weights.at(name).values)
            value = static_cast<float>(static_cast<double>(value) / temperature);
    return {};
}

} // namespace espalier
