// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/TaskHead.h"

#include "engine/evaluation/TagHead.h"
#include "engine/evaluation/TaskScores.h"

#include <algorithm>

namespace espalier {
namespace {

void copyRows(const torch::Tensor& rows, std::span<const std::uint32_t> indices, Predictions& predictions)
{
    const torch::Tensor values = rows.to(torch::kCPU).contiguous();
    const auto classes = static_cast<std::size_t>(values.size(1));
    const float* row = values.data_ptr<float>();
    for (const std::uint32_t index : indices) {
        predictions.classes[index] = std::max_element(row, row + classes) - row;
        std::copy(row, row + classes, predictions.probabilities.begin() + static_cast<std::ptrdiff_t>(index * classes));
        row += classes;
    }
}

class SentenceHead : public TaskHead {
public:
    void prepare(const EncodedExamples& examples, std::int64_t classes, Predictions& predictions) const override
    {
        predictions.classes.resize(examples.ids.size());
        predictions.probabilities.resize(examples.ids.size() * static_cast<std::size_t>(classes));
    }
};

class SingleLabelHead final : public SentenceHead {
public:
    BatchLoss loss(const BatchLogits& batch, double smoothing) const override
    {
        std::vector<std::int64_t> classes;
        for (const std::uint32_t index : batch.indices)
            classes.push_back(batch.examples.classes[index]);
        const torch::Tensor truth = torch::tensor(classes, torch::kInt64).to(batch.logits.device());
        const torch::Tensor logProbabilities = torch::log_softmax(batch.logits, 1);
        const std::int64_t known = std::count_if(classes.begin(), classes.end(), [](std::int64_t index) { return index >= 0; });
        if (known == 0)
            return {torch::zeros({}), 0, 0, 0};
        const torch::Tensor plain = torch::nll_loss(logProbabilities, truth, {}, at::Reduction::Mean, -1);
        return {trained(logProbabilities, truth, plain, smoothing, batch.classWeights), plain.item<double>(), logProbabilities.detach().argmax(1).eq(truth).sum().item<std::int64_t>(), known};
    }

private:
    /// Smoothed and weighted, as torch.nn.functional.cross_entropy averages both.
    static torch::Tensor trained(const torch::Tensor& logProbabilities, const torch::Tensor& truth, const torch::Tensor& plain, double smoothing,
                                 const torch::Tensor& weights)
    {
        if (!weights.defined())
            return smoothing > 0 ? plain * (1 - smoothing) - logProbabilities.mean() * smoothing : plain;
        const torch::Tensor loss = torch::nll_loss(logProbabilities, truth, weights, at::Reduction::Mean, -1);
        if (smoothing == 0)
            return loss;
        const torch::Tensor total = weights.index_select(0, truth.clamp_min(0)).sum() * logProbabilities.size(1);
        return loss * (1 - smoothing) - (logProbabilities * weights).sum() / total * smoothing;
    }

public:
    torch::Tensor divergence(const BatchLogits& student, const BatchLogits& teacher, double temperature) const override
    {
        return softmaxDivergence(teacher.logits / temperature, student.logits / temperature).mean();
    }
    void answer(const BatchLogits& batch, Predictions& predictions) const override { copyRows(torch::softmax(batch.logits, 1), batch.indices, predictions); }
    double score(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>&) const override
    {
        std::int64_t correct = 0;
        for (std::size_t i = 0; i < predictions.classes.size(); ++i)
            correct += predictions.classes[i] == examples.classes[i];
        return predictions.classes.empty() ? 0 : static_cast<double>(correct) / static_cast<double>(predictions.classes.size());
    }
};

/// Each label is a yes or no of its own: the sigmoid's cross-entropy.
class MultiLabelHead final : public SentenceHead {
public:
    BatchLoss loss(const BatchLogits& batch, double smoothing) const override
    {
        torch::Tensor truth = torch::zeros(batch.logits.sizes());
        auto* row = truth.data_ptr<float>();
        std::vector<std::int32_t> buffer;
        for (const std::uint32_t index : batch.indices) {
            for (const std::int32_t label : batch.examples.targets.read(index, buffer))
                if (label >= 0)
                    row[label] = 1;
            row += truth.size(1);
        }
        truth = truth.to(batch.logits.device());
        const torch::Tensor plain = torch::binary_cross_entropy_with_logits(batch.logits, truth);
        // The mean over labels would make steps smaller the more labels there are: a text counts once.
        const torch::Tensor trained = smoothing > 0 ? torch::binary_cross_entropy_with_logits(batch.logits, truth * (1 - smoothing) + smoothing / 2) : plain;
        return {trained * batch.logits.size(1), plain.item<double>(), batch.logits.detach().gt(0).eq(truth.gt(0)).sum().item<std::int64_t>(), truth.numel()};
    }
    /// Of yes and no for each label, whose logits are the label's and 0.
    torch::Tensor divergence(const BatchLogits& student, const BatchLogits& teacher, double temperature) const override
    {
        const auto yesAndNo = [&](const torch::Tensor& logits) { return torch::stack({logits / temperature, torch::zeros_like(logits)}, -1); };
        return softmaxDivergence(yesAndNo(teacher.logits), yesAndNo(student.logits)).sum(1).mean();
    }
    void answer(const BatchLogits& batch, Predictions& predictions) const override { copyRows(torch::sigmoid(batch.logits), batch.indices, predictions); }
    double score(const Predictions& predictions, const EncodedExamples& examples, const std::vector<std::string>& labels) const override
    {
        return labelScores(predictions, examples, labels, bestThreshold(predictions, examples, labels.size())).microF1;
    }
};

} // namespace

torch::Tensor softmaxDivergence(const torch::Tensor& p, const torch::Tensor& q)
{
    const torch::Tensor truth = torch::log_softmax(p.detach(), -1);
    return (truth.exp() * (truth - torch::log_softmax(q, -1))).sum(-1);
}

const TaskHead& TaskHead::of(Task task)
{
    static const SingleLabelHead singleLabel;
    static const MultiLabelHead multiLabel;
    switch (task) {
    case Task::MultiLabel:
        return multiLabel;
    case Task::TokenTags:
        return tagHead();
    case Task::SingleLabel:
        break;
    }
    return singleLabel;
}

} // namespace espalier
