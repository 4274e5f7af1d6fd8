// SPDX-License-Identifier: GPL-3.0-or-later
// Calibration: whether a model's probabilities mean what they say, and the one number that mends most of it. After Guo, Pleiss,
// Sun and Weinberger, "On Calibration of Modern Neural Networks" (2017). Logits are [sentences x classes], row-major; adding the
// same number to a row changes nothing.
#pragma once

#include "engine/core/Result.h"
#include "engine/reports/EvaluationDetails.h"

#include <cstdint>
#include <span>
#include <vector>

namespace espalier {

struct Checkpoint;

/// A part of the data as the model sees it. The spans must outlive it.
struct LogitTable {
    std::span<const float> logits;
    std::span<const std::int64_t> truth; ///< class index of each row; its size is the number of rows
    std::size_t classes = 0;

    [[nodiscard]] std::span<const float> row(std::size_t index) const { return logits.subspan(index * classes, classes); }
};

inline constexpr int reliabilityBins = 15;

/// log(sum(exp(scale * row))), without overflow.
double logSumExp(std::span<const float> row, double scale = 1);

/// The temperature that makes the mean cross-entropy of @p table least, within 0.05 to 20. The loss is convex in 1 / temperature, so
/// halving the interval by the sign of its derivative finds the least one.
double fitTemperature(const LogitTable& table);

/// ECE, loss and the reliability curve of softmax(logits / temperature).
Reliability reliabilityOf(const LogitTable& table, double temperature);

/// softmax(logits / temperature), in the same layout.
std::vector<float> scaledProbabilities(const LogitTable& table, double temperature);

/// Divides the weights that make @p checkpoint's logits by @p temperature, so that its probabilities are the scaled ones wherever it
/// runs. Unsupported when the model does not end in a linear layer and a softmax.
Result<void> applyTemperature(Checkpoint& checkpoint, double temperature);

} // namespace espalier
