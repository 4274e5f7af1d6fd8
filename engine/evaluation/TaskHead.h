// SPDX-License-Identifier: GPL-3.0-or-later
// TaskHead: all that differs between tasks once a model has given its logits: the loss, the answers, and the figure by which epochs are compared. One class
// a task, chosen in one place. Includes LibTorch.
#pragma once

#include "engine/evaluation/Classifier.h"
#include "engine/models/TextModel.h"

namespace espalier {

/// Of one batch.
struct BatchLoss {
    torch::Tensor loss;         ///< to be minimised, with label smoothing where the task knows it
    double value = 0;           ///< mean over the decisions, in nats, without smoothing; unknown labels do not count
    std::int64_t correct = 0;   ///< decisions (classes, labels or tags) that are right
    std::int64_t decisions = 0;
};

/// A batch's logits with the examples they answer.
struct BatchLogits {
    TextModel& model;
    torch::Tensor logits; ///< fp32: [B x C], or [B x T x C] for tags
    const EncodedExamples& examples;
    std::span<const std::uint32_t> indices; ///< of the examples, in the batch's order
    torch::Tensor classWeights = {}; ///< [C]: what a single label's class counts in the loss to be minimised; undefined: all alike
};

/// KL(p || q) of the distributions that these logits stand for along their last dimension, which is gone from the answer. No gradient flows into @p p.
torch::Tensor softmaxDivergence(const torch::Tensor& p, const torch::Tensor& q);

class TaskHead {
public:
    virtual ~TaskHead() = default;
    static const TaskHead& of(Task task);

    /// @p smoothing: share of the target that is spread over all classes, or, for several labels, over yes and no. A CRF, which scores whole
    /// sequences, knows none.
    [[nodiscard]] virtual BatchLoss loss(const BatchLogits& batch, double smoothing) const = 0;
    /// How far @p student's answers are from @p teacher's, on the scale of loss() without smoothing: KL(teacher || student) of their probabilities with all
    /// scores divided by @p temperature, of whole sequences of tags where there is a CRF. Both have the same sentences, perhaps cut into other tokens, and no gradient flows into the teacher.
    [[nodiscard]] virtual torch::Tensor divergence(const BatchLogits& student, const BatchLogits& teacher, double temperature) const = 0;
    /// Room for the answers to @p examples.
    virtual void prepare(const EncodedExamples& examples, std::int64_t classes, Predictions& predictions) const = 0;
    /// Puts the batch's answers where they belong in @p predictions.
    virtual void answer(const BatchLogits& batch, Predictions& predictions) const = 0;
    /// Accuracy of a class a text, micro-F1 of several labels, F1 of entities: 0 to 1.
    [[nodiscard]] virtual double score(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& labels) const = 0;
};

} // namespace espalier
