// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Learner.h"

#include "engine/training/ComputeDevice.h"
#include "engine/training/RoundedWeights.h"
#include "engine/training/TrainingObjective.h"

#include <ATen/autocast_mode.h>

#include <algorithm>
#include <cstdlib>

namespace espalier {
namespace {

/// Products in bf16 while it lives; weights, sums and the loss stay fp32.
class Bf16Products {
public:
    Bf16Products(bool wanted, torch::Device device) : m_wanted(wanted), m_device(device) { set(true); }
    Bf16Products(const Bf16Products&) = delete;
    Bf16Products& operator=(const Bf16Products&) = delete;
    ~Bf16Products()
    {
        set(false);
        if (m_wanted)
            at::autocast::clear_cache();
    }

private:
    void set(bool on) const
    {
        if (!m_wanted)
            return;
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
        at::autocast::set_autocast_enabled(m_device.type(), on);
        at::autocast::set_autocast_dtype(m_device.type(), at::kBFloat16);
#else
        if (m_device.is_cpu()) {
            at::autocast::set_cpu_enabled(on);
            at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
        } else {
            at::autocast::set_enabled(on);
            at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
        }
#endif
    }
    bool m_wanted;
    torch::Device m_device;
};

/// The inverse of each class's frequency, 1 for the mean class (as scikit-learn's "balanced").
torch::Tensor balancedWeights(std::span<const std::int64_t> classes, std::int64_t count)
{
    std::vector<float> weights(static_cast<std::size_t>(count), 0.0F);
    for (const std::int64_t index : classes)
        ++weights[static_cast<std::size_t>(index)];
    for (float& weight : weights)
        weight = static_cast<float>(classes.size()) / (static_cast<float>(count) * std::max(1.0F, weight));
    return torch::tensor(weights);
}

} // namespace

Result<std::unique_ptr<Learner>> Learner::create(const TrainingTask& task, std::uint64_t seed)
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(task.model.architecture));
    ESPALIER_TRY(const std::string device, resolveDevice(task.options.device));
    auto learner = std::unique_ptr<Learner>(new Learner(task, torch::Device(device)));
    torch::manual_seed(seed); // weights are drawn on the CPU, so that they are the same on every device
    learner->m_model = type->create(task.model);
    if (task.startWeights != nullptr)
        ESPALIER_CHECK(setWeights(*learner->m_model, *task.startWeights));
    learner->m_model->to(learner->m_device);
    learner->m_optimiser.emplace(*learner->m_model, task.masks, task.options);
    if (task.options.classWeights == "balanced")
        learner->m_classWeights = balancedWeights(std::span(task.train.classes).first(task.train.classes.size() - task.hooks.unlabelled), task.model.classes).to(learner->m_device);
    return learner;
}

torch::Tensor Learner::forward(const TextBatch& batch)
{
    const Bf16Products products(m_task.options.precision == "bf16", m_device);
    return m_model->forward(batch.ids, batch.lengths).to(torch::kFloat32);
}

/// The task's own loss: that of the sentences with labels, while the batch's mean is over all of them.
BatchLoss Learner::taskLoss(const BatchLogits& batch) const
{
    const TaskHead& head = TaskHead::of(m_task.model.task);
    const std::size_t labelledRows = m_task.train.classes.size() - m_task.hooks.unlabelled;
    std::vector<std::int64_t> rows;
    std::vector<std::uint32_t> indices;
    for (std::size_t row = 0; row < batch.indices.size(); ++row)
        if (batch.indices[row] < labelledRows) {
            rows.push_back(static_cast<std::int64_t>(row));
            indices.push_back(batch.indices[row]);
        }
    if (rows.size() == batch.indices.size())
        return head.loss(batch, m_task.options.labelSmoothing);
    if (rows.empty())
        return {torch::zeros({}, batch.logits.options()), 0, 0, 0};
    const torch::Tensor logits = batch.logits.index_select(0, torch::tensor(rows).to(m_device));
    BatchLoss measured = head.loss({batch.model, logits, batch.examples, indices, batch.classWeights}, m_task.options.labelSmoothing);
    measured.loss = measured.loss * (static_cast<double>(rows.size()) / static_cast<double>(batch.indices.size()));
    return measured;
}

BatchLoss Learner::learn(std::span<const std::uint32_t> indices, std::uint64_t seed)
{
    // LibTorch's generator begins anew for every batch, so that a resumed training need not know where it was.
    torch::manual_seed(seed);
    TextBatch batch = makeBatch(m_task.train.ids, indices);
    batch = {batch.ids.to(m_device), batch.lengths.to(m_device)};
    const RoundedWeights rounded(*m_model, m_task.rounding);
    const BatchLogits logits{*m_model, forward(batch), m_task.train, indices, m_classWeights};
    BatchLoss measured = taskLoss(logits);
    if (m_task.hooks.objective != nullptr)
        measured.loss = m_task.hooks.objective->loss(measured.loss, logits, batch);
    measured.loss.backward();
    measured.loss.reset();
    return measured;
}

BatchLimit batchLimitOf(const TrainOptions& options)
{
    const auto size = static_cast<std::size_t>(options.batchSize);
    return options.batchBy == "tokens" ? BatchLimit{.sentences = size, .tokens = size} : BatchLimit{.sentences = size};
}

TorchSettings::TorchSettings(const TrainOptions& options)
{
    useThreads(options.threads);
    at::globalContext().setFlushDenormal(true); // weights that decay towards zero would slow every product down
    if (computeDevices().size() > 1) { // for a seed and for resuming: sums in any order, as GPUs like them, never come out the same
        ::setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0); // read when a thread first multiplies there
        at::globalContext().setDeterministicCuDNN(true);
        at::globalContext().setDeterministicAlgorithms(true, true);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
        at::globalContext().setDeterministicFillUninitializedMemory(false); // every byte is written before it is read
#endif
    }
}

TorchSettings::~TorchSettings()
{
    at::globalContext().setFlushDenormal(false);
}

} // namespace espalier
