// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/Distillation.h"

#include "engine/compression/SoftLabels.h"
#include "engine/models/TorchGuard.h"

namespace espalier {
namespace {

class Distillation final : public TrainingObjective {
public:
    static Result<std::unique_ptr<TrainingObjective>> create(const Checkpoint& teacher, const DistillationOptions& options)
    {
        auto made = std::unique_ptr<Distillation>(new Distillation(options));
        ESPALIER_TRY(made->m_teacher, teacherOf(teacher));
        if (options.hiddenWeight > 0 && !made->m_teacher->recordLayers(&made->m_teacherLayers))
            return Error{ErrorCode::InvalidArgument, "'hidden_weight' is " + Json(options.hiddenWeight).dump() + ", and a model of the architecture " +
                                                         teacher.model.architecture + " has no layers of hidden states.",
                         "Set hidden_weight to 0.", {}};
        return std::unique_ptr<TrainingObjective>(std::move(made));
    }

    Result<void> begin(TextModel& student, RunContext&) override
    {
        m_teacher->to(deviceOf(student));
        if (m_options.hiddenWeight > 0)
            student.recordLayers(&m_studentLayers);
        return {};
    }

    torch::Tensor loss(const torch::Tensor& taskLoss, const BatchLogits& answers, const TextBatch& batch) override
    {
        const torch::Tensor loss = taughtLoss(taskLoss, answers, {*m_teacher, askTeacher(batch), answers.examples, answers.indices}, m_options);
        return m_options.hiddenWeight > 0 ? loss + layerDistance() * m_options.hiddenWeight : loss;
    }

    void addTo(Fingerprint& fingerprint) const override
    {
        fingerprint.add("distillation", Json{m_options.weight, m_options.temperature, m_options.hiddenWeight}.dump());
        addWeights(*m_teacher, fingerprint);
    }

private:
    explicit Distillation(const DistillationOptions& options) : m_options(options) {}

    torch::Tensor askTeacher(const TextBatch& batch)
    {
        const torch::NoGradGuard noGrad;
        return m_teacher->forward(batch.ids, batch.lengths).to(torch::kFloat32);
    }

    /// Mean over the student's layers: its last imitates the teacher's last, each other the one of its number. Both models have packed the same tokens.
    torch::Tensor layerDistance()
    {
        torch::Tensor sum = torch::zeros({}, m_teacherLayers.front().options());
        for (std::size_t i = 0; i < m_studentLayers.size(); ++i) {
            const std::size_t model = i + 1 == m_studentLayers.size() ? m_teacherLayers.size() - 1 : i;
            sum = sum + torch::mse_loss(m_studentLayers[i].to(torch::kFloat32), m_teacherLayers[model]);
        }
        const auto layers = static_cast<double>(m_studentLayers.size());
        m_studentLayers.clear(); // they hold the batch's graph
        m_teacherLayers.clear();
        return sum / layers;
    }

    DistillationOptions m_options;
    std::shared_ptr<TextModel> m_teacher;
    std::vector<torch::Tensor> m_teacherLayers;
    std::vector<torch::Tensor> m_studentLayers;
};

} // namespace

Result<void> checkDistillation(const DistillationOptions& options)
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

Result<std::unique_ptr<TrainingObjective>> makeDistillation(const Checkpoint& teacher, const DistillationOptions& options)
{
    ESPALIER_CHECK(checkDistillation(options));
    return guarded("Distillation", [&] { return Distillation::create(teacher, options); });
}

} // namespace espalier
