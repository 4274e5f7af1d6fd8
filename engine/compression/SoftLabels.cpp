// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/SoftLabels.h"

#include "engine/data/Batching.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr BatchLimit batchLimit{.sentences = 256, .tokens = std::size_t{1} << 15};

} // namespace

Result<std::shared_ptr<TextModel>> teacherOf(const Checkpoint& teacher)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(teacher.model.architecture));
    auto model = type->create(teacher.model);
    ESPALIER_CHECK(setWeights(*model, teacher.weights));
    model->eval();
    return model;
}

torch::Tensor taughtLoss(const torch::Tensor& taskLoss, const BatchLogits& student, const BatchLogits& teacher, const DistillationOptions& options)
{
    const torch::Tensor loss = taskLoss * (1 - options.weight);
    if (options.weight == 0)
        return loss;
    return loss + TaskHead::of(student.examples.task).divergence(student, teacher, options.temperature) * (options.weight * options.temperature * options.temperature);
}

void addWeights(const TextModel& model, Fingerprint& fingerprint)
{
    for (const auto& [name, tensor] : weightsOf(model))
        fingerprint.add(name, {reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float)});
}

SoftLabels::SoftLabels(std::shared_ptr<TextModel> model, ModelSpec spec, EncodedExamples examples)
    : m_model(std::move(model)), m_spec(std::move(spec)), m_examples(std::move(examples)), m_begins{0}
{
    for (const std::uint16_t tokens : m_examples.ids.lengths())
        m_begins.push_back(m_begins.back() + (m_spec.task == Task::TokenTags ? std::max<std::size_t>(1, tokens) : 1));
}

Result<SoftLabels> SoftLabels::create(const Checkpoint& teacher, const ExampleTable& sentences, const std::filesystem::path& spillFolder)
{
    ESPALIER_TRY(auto model, teacherOf(teacher));
    ESPALIER_TRY(EncodedExamples examples, encodeExamples(sentences, teacher.tokenizer, teacher.labels, spillFolder, teacher.model.task));
    return SoftLabels(std::move(model), teacher.model, std::move(examples));
}

std::size_t SoftLabels::bytes() const
{
    return m_begins.back() * static_cast<std::size_t>(m_spec.classes) * sizeof(float);
}

Result<void> SoftLabels::ask(torch::Device device, std::size_t mostBytes, RunContext& context)
{
    m_model->to(device);
    if (bytes() > mostBytes)
        return {};
    m_logits.resize(bytes() / sizeof(float));
    const Batches batches = sortedBatches(m_examples.ids.lengths(), batchLimit);
    std::int64_t done = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        if (context.control != nullptr)
            context.control->waitWhilePaused(context.stop);
        if (context.cancelled())
            return cancelledError();
        keep(batches[i]);
        done += static_cast<std::int64_t>(batches[i].size());
        context.progress({"Asking the teacher", done, static_cast<std::int64_t>(m_examples.ids.size()), "sentences"});
    }
    return {};
}

torch::Tensor SoftLabels::answer(std::span<const std::uint32_t> indices) const
{
    const torch::NoGradGuard noGrad;
    const TextBatch batch = makeBatch(m_examples.ids, indices);
    const torch::Device device = deviceOf(*m_model);
    return m_model->forward(batch.ids.to(device), batch.lengths.to(device)).to(torch::kFloat32);
}

void SoftLabels::keep(std::span<const std::uint32_t> indices)
{
    const torch::Tensor logits = answer(indices).to(torch::kCPU).contiguous();
    const auto classes = static_cast<std::size_t>(m_spec.classes);
    const std::size_t padded = static_cast<std::size_t>(logits.numel()) / indices.size();
    const float* row = logits.data_ptr<float>();
    for (const std::uint32_t index : indices) {
        std::copy_n(row, rowsOf(index) * classes, m_logits.begin() + static_cast<std::ptrdiff_t>(m_begins[index] * classes));
        row += padded;
    }
}

BatchLogits SoftLabels::of(std::span<const std::uint32_t> indices) const
{
    if (m_logits.empty())
        return {*m_model, answer(indices), m_examples, indices};
    const auto classes = static_cast<std::size_t>(m_spec.classes);
    std::size_t longest = 1;
    for (const std::uint32_t index : indices)
        longest = std::max(longest, rowsOf(index));
    torch::Tensor logits = torch::zeros({static_cast<std::int64_t>(indices.size()), static_cast<std::int64_t>(longest), m_spec.classes});
    auto* row = logits.data_ptr<float>();
    for (const std::uint32_t index : indices) {
        std::copy_n(m_logits.begin() + static_cast<std::ptrdiff_t>(m_begins[index] * classes), rowsOf(index) * classes, row);
        row += longest * classes;
    }
    if (m_spec.task != Task::TokenTags)
        logits = logits.squeeze(1);
    return {*m_model, logits.to(deviceOf(*m_model)), m_examples, indices};
}

void SoftLabels::addTo(Fingerprint& fingerprint) const
{
    fingerprint.add("teacher", dumpJson(toJson(m_spec)));
    m_examples.ids.addTo(fingerprint);
    m_examples.wordTokens.addTo(fingerprint);
    addWeights(*m_model, fingerprint);
}

} // namespace espalier
