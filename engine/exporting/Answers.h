// SPDX-License-Identifier: GPL-3.0-or-later
// Answers: the class probabilities that the engine (LibTorch) or the edge runtime gives for sentences, in a form in which
// the two can be compared.
#pragma once

#include "engine/training/Checkpoint.h"

#include <span>

namespace espalier {

struct Answers {
    std::size_t classes = 0;
    Task task = Task::SingleLabel;
    double threshold = 0.5; ///< MultiLabel
    std::vector<float> probabilities; ///< [rows x classes], row-major; a row is a sentence, or a word with TokenTags
    std::vector<std::size_t> begins = {}; ///< TokenTags: the row of each sentence's first word, and one past the last row

    [[nodiscard]] std::size_t sentences() const;
    /// All rows of a sentence.
    [[nodiscard]] std::span<const float> of(std::size_t sentence) const;
    /// What is answered: the first of the most probable classes; the labels from the threshold on; or the tag of each word.
    [[nodiscard]] std::vector<std::size_t> decision(std::size_t sentence) const;
    /// By how much the least certain decision leads its alternative, 0 to 1.
    [[nodiscard]] float margin(std::size_t sentence) const;
    /// The decision in words, as Session::answerText() writes it.
    [[nodiscard]] std::string text(std::size_t sentence, const std::vector<std::string>& labels) const { return text(decision(sentence), labels); }
    [[nodiscard]] std::string text(const std::vector<std::size_t>& decided, const std::vector<std::string>& labels) const;
};

/// Errors are the classifier's; Cancelled.
Result<Answers> engineAnswers(const Checkpoint& checkpoint, const std::vector<std::string>& sentences, RunContext& context);

/// Errors are the edge runtime's: a package it cannot read or run; Cancelled.
Result<Answers> edgeAnswers(const std::string& packageBytes, const std::vector<std::string>& sentences, RunContext& context);

} // namespace espalier
