// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Distillation.h"

#include "engine/evaluation/TaskHead.h"
#include "engine/models/TorchGuard.h"

namespace espalier {
namespace {

class Distillation final : public TrainingObjective {
public:
    static Result<std::unique_ptr<TrainingObjective>> create(const Checkpoint& teacher, const DistillationOptions& options)
    {
        auto made = std::unique_ptr<Distillation>(new Distillation(teacher, options));
        ESPALIER_TRY(const ModelType* type, modelCatalog().get(teacher.model.architecture));
        made->m_teacher = type->create(teacher.model);
        ESPALIER_CHECK(setWeights(*made->m_teacher, teacher.weights));
        made->m_teacher->eval();
        if (options.hiddenWeight > 0 && !made->m_teacher->recordLayers(&made->m_teacherLayers))
            return Error{ErrorCode::InvalidArgument, "'hidden_weight' is " + Json(options.hiddenWeight).dump() + ", and a model of the architecture " +
                                                         teacher.model.architecture + " has no layers of hidden states.",
                         "Set hidden_weight to 0.", {}};
        return std::unique_ptr<TrainingObjective>(std::move(made));
    }

    void begin(TextModel& student) override
    {
        m_teacher->to(deviceOf(student));
        if (m_options.hiddenWeight > 0)
            student.recordLayers(&m_studentLayers);
    }

    torch::Tensor loss(const torch::Tensor& taskLoss, const BatchLogits& answers, const TextBatch& batch) override
    {
        torch::Tensor loss = taskLoss * (1 - m_options.weight);
        const BatchLogits truth{*m_teacher, askTeacher(batch), answers.examples, answers.indices};
        if (m_options.weight > 0)
            loss = loss + TaskHead::of(m_task).divergence(answers, truth, m_options.temperature) * (m_options.weight * m_options.temperature * m_options.temperature);
        return m_options.hiddenWeight > 0 ? loss + layerDistance() * m_options.hiddenWeight : loss;
    }

    void addTo(Fingerprint& fingerprint) const override
    {
        fingerprint.add("distillation", Json{m_options.weight, m_options.temperature, m_options.hiddenWeight}.dump());
        for (const auto& [name, tensor] : weightsOf(*m_teacher))
            fingerprint.add(name, {reinterpret_cast<const char*>(tensor.values.data()), tensor.values.size() * sizeof(float)});
    }

private:
    Distillation(const Checkpoint& teacher, const DistillationOptions& options) : m_options(options), m_task(teacher.model.task) {}

    torch::Tensor askTeacher(const TextBatch& batch)
    {
        const torch::NoGradGuard noGrad;
        return m_teacher->forward(batch.ids, batch.lengths).to(torch::kFloat32);
    }

    /// Mean over the layers; both models have packed the same tokens.
    torch::Tensor layerDistance()
    {
        torch::Tensor sum = torch::zeros({}, m_teacherLayers.front().options());
        for (std::size_t i = 0; i < m_teacherLayers.size(); ++i)
            sum = sum + torch::mse_loss(m_studentLayers[i].to(torch::kFloat32), m_teacherLayers[i]);
        const auto layers = static_cast<double>(m_teacherLayers.size());
        m_studentLayers.clear(); // they hold the batch's graph
        m_teacherLayers.clear();
        return sum / layers;
    }

    DistillationOptions m_options;
    Task m_task;
    std::shared_ptr<TextModel> m_teacher;
    std::vector<torch::Tensor> m_teacherLayers;
    std::vector<torch::Tensor> m_studentLayers;
};

Result<void> checkOptions(const DistillationOptions& options)
{
    const auto refused = [](const char* option, double value, const char* remedy) {
        return Error{ErrorCode::InvalidArgument, std::string("'") + option + "' is " + Json(value).dump() + ".", remedy, {}};
    };
    if (!(options.weight >= 0 && options.weight <= 1))
        return refused("distillation_weight", options.weight, "Use a share from 0 to 1.");
    if (!(options.temperature > 0 && options.temperature <= 100))
        return refused("temperature", options.temperature, "Use a temperature above 0 and at most 100.");
    if (!(options.hiddenWeight >= 0 && options.hiddenWeight <= 1e6))
        return refused("hidden_weight", options.hiddenWeight, "Use 0 or a positive weight.");
    return {};
}

} // namespace

Result<std::unique_ptr<TrainingObjective>> makeDistillation(const Checkpoint& teacher, const DistillationOptions& options)
{
    ESPALIER_CHECK(checkOptions(options));
    return guarded("Distillation", [&] { return Distillation::create(teacher, options); });
}

} // namespace espalier
