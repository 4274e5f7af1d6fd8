// SPDX-License-Identifier: GPL-3.0-or-later
// UpdateRule: what an optimiser does with gradients, to a stretch of a dense tensor or to one row of an embedding. Members: AdamW and SGD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace espalier {

struct TrainOptions;

struct UpdateSettings {
    double learningRate = 0;
    double weightDecay = 0;
    double momentum = 0.9;
    double gradientScale = 1; ///< gradients are multiplied by it first
    std::int64_t step = 1;    ///< from 1
};

/// All of the same length. Moments are those that the rule uses, else null.
struct UpdateArrays {
    float* weights = nullptr;
    const float* gradients = nullptr;
    float* firstMoments = nullptr;
    float* secondMoments = nullptr;
    const std::uint8_t* mask = nullptr; ///< may be null: dense. Where it is 0 the weight becomes zero
};

class UpdateRule {
public:
    virtual ~UpdateRule() = default;
    [[nodiscard]] virtual bool usesSecondMoments() const = 0;
    virtual void dense(const UpdateSettings& settings, const UpdateArrays& arrays, std::size_t count) const = 0;
    /// @p elapsed: steps since the row was stepped last. Rows have no first moments.
    virtual void row(const UpdateSettings& settings, std::int64_t elapsed, const UpdateArrays& arrays, std::size_t count) const = 0;
};

/// For options.optimiser, which checkOptions() has let through.
std::unique_ptr<UpdateRule> makeUpdateRule(const TrainOptions& options);

} // namespace espalier
