// SPDX-License-Identifier: GPL-3.0-or-later
// Answers: the class probabilities that the engine (LibTorch) or the edge runtime gives for sentences, in a form in which
// the two can be compared.
#pragma once

#include "engine/training/Checkpoint.h"

#include <span>

namespace espalier {

struct Answers {
    std::size_t classes = 0;
    std::vector<float> probabilities; ///< [sentences x classes], row-major

    [[nodiscard]] std::size_t sentences() const { return classes == 0 ? 0 : probabilities.size() / classes; }
    [[nodiscard]] std::span<const float> of(std::size_t sentence) const { return std::span(probabilities).subspan(sentence * classes, classes); }
    /// The first of the most probable classes.
    [[nodiscard]] std::size_t label(std::size_t sentence) const;
    /// By how much the most probable class leads the next, 0 to 1.
    [[nodiscard]] float margin(std::size_t sentence) const;
};

/// Errors are the classifier's; Cancelled.
Result<Answers> engineAnswers(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, RunContext& context);

/// Errors are the edge runtime's: a package it cannot read or run; Cancelled.
Result<Answers> edgeAnswers(const std::string& packageBytes, const std::vector<std::string>& sentences, RunContext& context);

} // namespace espalier
