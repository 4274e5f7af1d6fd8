// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/MovementMeter.h"

#include "engine/training/MaskSchedule.h"

namespace espalier {

namespace {

torch::Tensor from(const Weights& memory, const std::string& name, const torch::Tensor& like)
{
    const auto found = memory.find(name);
    return found == memory.end() ? torch::Tensor() : torch::tensor(found->second.values).reshape(found->second.shape).to(like.device());
}

} // namespace

MovementMeter::MovementMeter(const TextModel& model, const std::vector<std::string>& tensors)
{
    const auto parameters = model.named_parameters();
    for (const std::string& name : tensors)
        m_slots.push_back({name, parameters[name], torch::zeros_like(parameters[name]), {}});
}

void MovementMeter::addStep(double learningRate, std::int64_t accumulated)
{
    const torch::NoGradGuard noGrad;
    const double rate = -learningRate / static_cast<double>(accumulated);
    for (Slot& slot : m_slots) {
        const torch::Tensor& gradient = slot.parameter.grad();
        if (!gradient.defined())
            continue;
        if (!gradient.is_sparse()) {
            slot.movement.addcmul_(slot.fallen.defined() ? slot.parameter + slot.fallen : slot.parameter, gradient, rate);
            continue;
        }
        const torch::Tensor rows = gradient._indices()[0]; // equal ones may stand several times: their gradients add up
        torch::Tensor values = slot.parameter.index_select(0, rows);
        if (slot.fallen.defined())
            values += slot.fallen.index_select(0, rows);
        slot.movement.index_add_(0, rows, values.mul_(gradient._values()).mul_(rate));
    }
}

void MovementMeter::load(const Weights& memory)
{
    for (Slot& slot : m_slots) {
        const torch::Tensor movement = from(memory, movementName(slot.name), slot.parameter);
        slot.movement = movement.defined() ? movement : torch::zeros_like(slot.parameter);
        slot.fallen = from(memory, fallenName(slot.name), slot.parameter);
    }
}

void MovementMeter::save(Weights& memory) const
{
    for (const Slot& slot : m_slots) {
        const torch::Tensor values = slot.movement.to(torch::kCPU).contiguous();
        memory[movementName(slot.name)] = {values.sizes().vec(), std::vector<float>(values.data_ptr<float>(), values.data_ptr<float>() + values.numel())};
    }
}

} // namespace espalier
