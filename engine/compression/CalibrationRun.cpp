// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/CalibrationRun.h"

#include "engine/core/Random.h"
#include "engine/evaluation/TaskHead.h"

#include <numeric>

namespace espalier {

namespace {

constexpr std::size_t batchSize = 64; ///< sentences

Result<std::vector<std::uint32_t>> drawSentences(const Checkpoint& checkpoint, std::size_t available, const CalibrationOptions& options)
{
    const std::size_t count = options.sentences;
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
    Random random(options.seed);
    random.shuffle(sentences);
    sentences.resize(drawn);
    return sentences;
}

} // namespace

Result<CalibrationRun> CalibrationRun::create(const Checkpoint& checkpoint, const ExampleTable& training, const CalibrationOptions& options)
{
    CalibrationRun run;
    run.m_activity = options.activity;
    ESPALIER_TRY(run.m_sentences, drawSentences(checkpoint, training.size(), options));
    ESPALIER_TRY(run.m_examples, encodeKnownExamples(checkpoint, training, "training"));
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
    run.m_tensors = type->prunable(checkpoint.model);
    run.m_model = type->create(checkpoint.model);
    ESPALIER_CHECK(setWeights(*run.m_model, checkpoint.weights));
    run.m_model->eval(); // dropout would make the measurement one of a draw
    for (torch::Tensor& parameter : run.m_model->parameters())
        parameter.set_requires_grad(true); // vectors that do not learn are measured too
    return run;
}

Result<void> CalibrationRun::forEachBatch(RunContext& context, const std::function<void(std::span<const std::uint32_t>)>& work) const
{
    std::vector<std::uint16_t> lengths;
    for (const std::uint32_t sentence : m_sentences)
        lengths.push_back(m_examples.ids.lengths()[sentence]);
    const Batches batches = sortedBatches(lengths, {.sentences = batchSize});
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (context.cancelled())
            return cancelledError();
        std::vector<std::uint32_t> indices;
        for (const std::uint32_t place : batches[i])
            indices.push_back(m_sentences[place]);
        work(indices);
        context.progress({m_activity, static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(batches.size()), "batches"});
    }
    return {};
}

Result<void> CalibrationRun::forEachPart(std::size_t parts, RunContext& context, const std::function<void(std::span<const std::uint32_t>)>& work) const
{
    for (std::size_t part = 0; part < parts; ++part) {
        if (context.cancelled())
            return cancelledError();
        const std::size_t begin = m_sentences.size() * part / parts;
        const std::size_t end = m_sentences.size() * (part + 1) / parts;
        work(std::span(m_sentences).subspan(begin, end - begin));
        context.progress({m_activity, static_cast<std::int64_t>(part + 1), static_cast<std::int64_t>(parts), "gradients"});
    }
    return {};
}

std::int64_t CalibrationRun::addGradients(std::span<const std::uint32_t> indices)
{
    const TextBatch own = batch(indices);
    const BatchLoss measured = TaskHead::of(m_examples.task).loss({*m_model, m_model->forward(own.ids, own.lengths), m_examples, indices}, 0);
    // What is minimised is the same loss on a scale of the task's own: a mean over sentences with a CRF, a sum over labels.
    if (const double scale = measured.loss.item<double>(); scale > 0)
        (measured.loss * (measured.value * static_cast<double>(measured.decisions) / scale)).backward();
    return measured.decisions;
}

} // namespace espalier
