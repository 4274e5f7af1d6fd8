// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Classifier.h"

#include "engine/data/Batching.h"
#include "engine/evaluation/Prediction.h"
#include "engine/evaluation/TaskHead.h"
#include "engine/models/TorchGuard.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr BatchLimit batchLimit{.sentences = 256, .tokens = std::size_t{1} << 15};

/// Puts the logits of one batch where they belong.
void keepLogits(const torch::Tensor& logits, std::span<const std::uint32_t> indices, Predictions& predictions)
{
    const torch::Tensor rows = logits.to(torch::kCPU).contiguous();
    const auto classes = static_cast<std::size_t>(rows.size(1));
    const float* values = rows.data_ptr<float>();
    for (std::size_t i = 0; i < indices.size(); ++i)
        std::copy_n(values + i * classes, classes, predictions.logits.begin() + static_cast<std::ptrdiff_t>(std::size_t{indices[i]} * classes));
}

} // namespace

Result<Predictions> predictWith(TextModel& model, const EncodedExamples& examples, std::int64_t classes, RunContext& context)
{
    torch::NoGradGuard noGrad;
    model.eval();
    const TaskHead& head = TaskHead::of(examples.task);
    Predictions predictions;
    head.prepare(examples, classes, predictions);
    if (examples.task == Task::SingleLabel)
        predictions.logits.resize(examples.ids.size() * static_cast<std::size_t>(classes));
    double loss = 0;
    std::int64_t counted = 0;
    const Batches batches = sortedBatches(examples.ids.lengths(), batchLimit);
    const torch::Device device = deviceOf(model);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        const auto indices = batches[i];
        if (context.cancelled())
            return cancelledError();
        const TextBatch batch = makeBatch(examples.ids, indices);
        const BatchLogits answered{model, model.forward(batch.ids.to(device), batch.lengths.to(device)), examples, indices};
        head.answer(answered, predictions);
        const BatchLoss measured = head.loss(answered, 0);
        loss += measured.value * static_cast<double>(measured.decisions);
        counted += measured.decisions;
        if (examples.task == Task::SingleLabel)
            keepLogits(answered.logits, indices, predictions);
    }
    predictions.meanLoss = counted > 0 ? loss / static_cast<double>(counted) : 0;
    return predictions;
}

struct Classifier::State {
    std::shared_ptr<TextModel> model;
    std::int64_t vocabularySize = 0;
    std::int64_t classes = 0;
};

Classifier::Classifier(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;
Classifier::~Classifier() = default;

Result<Classifier> Classifier::create(const Checkpoint& checkpoint)
{
    return guarded("Loading the model", [&]() -> Result<Classifier> {
        ESPALIER_CHECK(checkModelSpec(checkpoint.model));
        ESPALIER_TRY(const ModelType* type, modelCatalog().get(checkpoint.model.architecture));
        auto state = std::make_unique<State>();
        state->vocabularySize = checkpoint.model.vocabularySize;
        state->classes = checkpoint.model.classes;
        state->model = type->create(checkpoint.model);
        for (const auto& [name, shape] : type->shapes(checkpoint.model))
            if (!checkpoint.weights.contains(name))
                return Error{ErrorCode::InvalidArgument, "The checkpoint lacks the tensor '" + name + "'.", {}, {}};
        ESPALIER_CHECK(espalier::setWeights(*state->model, checkpoint.weights));
        return Classifier(std::move(state));
    });
}

Result<void> Classifier::setWeights(const Weights& weights)
{
    return espalier::setWeights(*m_state->model, weights);
}

Result<Predictions> Classifier::predict(const EncodedExamples& examples, RunContext& context)
{
    if (examples.ids.smallestId() < 0 || examples.ids.largestId() >= m_state->vocabularySize)
        return Error{ErrorCode::InvalidArgument, "A sentence holds a token id beyond the model's vocabulary.", "Encode with the checkpoint's tokenizer.", {}};
    return guarded("Predicting", [&] { return predictWith(*m_state->model, examples, m_state->classes, context); });
}

} // namespace espalier
