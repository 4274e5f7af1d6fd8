// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/LossGradients.h"

#include "engine/compression/PruneScope.h"
#include "engine/core/Random.h"
#include "engine/data/Batching.h"
#include "engine/evaluation/TaskHead.h"
#include "engine/models/TorchGuard.h"

#include <algorithm>
#include <numeric>

namespace espalier {

namespace {

constexpr std::size_t batchSize = 64; ///< sentences

Result<std::vector<std::uint32_t>> drawSentences(const Checkpoint& checkpoint, std::size_t available, std::size_t count, std::uint64_t seed)
{
    if (count > available)
        return Error{ErrorCode::InvalidArgument, "'calibration_examples' is " + std::to_string(count) + "; the training part has " + std::to_string(available) +
                                                     " sentences.",
                     "Use fewer, or 0 for all of them."};
    const std::size_t drawn = count == 0 ? available : count;
    if (drawn < static_cast<std::size_t>(checkpoint.model.classes))
        return Error{ErrorCode::InvalidArgument, std::to_string(drawn) + " calibration sentences are too few for " + std::to_string(checkpoint.model.classes) + " classes.",
                     "Use at least one a class, better some hundreds, or 0 for the whole training part."};
    std::vector<std::uint32_t> sentences(available);
    std::iota(sentences.begin(), sentences.end(), 0u);
    Random random(seed);
    random.shuffle(sentences);
    sentences.resize(drawn);
    return sentences;
}

/// Adds the gradient of the summed loss of @p indices; returns how many decisions it sums.
std::int64_t addGradients(TextModel& model, const EncodedExamples& examples, std::span<const std::uint32_t> indices)
{
    const TextBatch batch = makeBatch(examples.ids, indices);
    const BatchLoss measured = TaskHead::of(examples.task).loss({model, model.forward(batch.ids, batch.lengths), examples, indices}, 0);
    // What is minimised is the same loss on a scale of the task's own: a mean over sentences with a CRF, a sum over labels.
    if (const double own = measured.loss.item<double>(); own > 0)
        (measured.loss * (measured.value * static_cast<double>(measured.decisions) / own)).backward();
    return measured.decisions;
}

Weights meanGradients(const TextModel& model, const std::vector<PrunableTensor>& tensors, std::int64_t decisions)
{
    torch::NoGradGuard noGrad;
    Weights gradients;
    const auto parameters = model.named_parameters();
    for (const auto& tensor : tensors) {
        const torch::Tensor& parameter = parameters[tensor.name];
        const torch::Tensor& sum = parameter.grad();
        const torch::Tensor mean = sum.defined() ? (sum.to_dense() / static_cast<double>(std::max<std::int64_t>(decisions, 1))).contiguous()
                                                 : torch::zeros_like(parameter);
        const float* data = mean.data_ptr<float>();
        gradients[tensor.name] = {mean.sizes().vec(), std::vector<float>(data, data + mean.numel())};
    }
    return gradients;
}

Result<Weights> measureGradients(const Checkpoint& checkpoint, const EncodedExamples& examples, const std::vector<std::uint32_t>& sentences, RunContext& context)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
    const std::shared_ptr<TextModel> model = type->create(checkpoint.model);
    ESPALIER_CHECK(setWeights(*model, checkpoint.weights));
    model->eval(); // dropout would make the gradients of one draw
    std::vector<std::uint16_t> lengths;
    for (const std::uint32_t sentence : sentences)
        lengths.push_back(examples.ids.lengths()[sentence]);
    const Batches batches = sortedBatches(lengths, {.sentences = batchSize});
    std::int64_t decisions = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (context.cancelled())
            return cancelledError();
        std::vector<std::uint32_t> indices;
        for (const std::uint32_t place : batches[i])
            indices.push_back(sentences[place]);
        decisions += addGradients(*model, examples, indices);
        context.progress({"Measuring gradients", static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(batches.size()), "batches"});
    }
    return meanGradients(*model, type->prunable(checkpoint.model), decisions);
}

} // namespace

Result<Weights> lossGradients(const Checkpoint& checkpoint, const ExampleTable& training, std::size_t count, std::uint64_t seed, RunContext& context)
{
    ESPALIER_TRY(const auto sentences, drawSentences(checkpoint, training.size(), count, seed));
    ESPALIER_TRY(const EncodedExamples examples, encodeKnownExamples(checkpoint, training, "training"));
    return guarded("Measuring gradients", [&] { return measureGradients(checkpoint, examples, sentences, context); });
}

Result<void> measureWhereNeeded(PruneOptions& options, const Checkpoint& checkpoint, const Splits& splits, RunContext& context)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    ESPALIER_TRY(const PruneScope scope, pruneScope(tensors, options));
    if (!scope.ranker.scorer->needsGradients)
        return {};
    ESPALIER_TRY(Weights gradients, lossGradients(checkpoint, splits.train, options.calibrationExamples, options.seed, context));
    options.gradients = std::make_shared<const Weights>(std::move(gradients));
    return {};
}

} // namespace espalier
