// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Optimiser.h"

#include "engine/training/AdamW.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace espalier {
namespace {

constexpr std::int64_t weightsPerTask = 1 << 15; ///< fewer are not worth a thread

torch::Tensor zerosIfUndefined(torch::Tensor& tensor, const torch::Tensor& like)
{
    if (!tensor.defined())
        tensor = torch::zeros_like(like);
    return tensor;
}

/// The sum of the squares of all of them, with one wait for their device.
double squaresOf(const std::vector<torch::Tensor>& gradients)
{
    return gradients.empty() ? 0 : torch::stack(at::_foreach_norm(gradients)).to(torch::kCPU, torch::kFloat64).square().sum().item<double>();
}

/// @p mask, in place, as a tensor.
torch::Tensor bytesOf(const Mask& mask, torch::IntArrayRef shape)
{
    return torch::from_blob(const_cast<std::uint8_t*>(mask.data()), shape, torch::kUInt8);
}

/// The weights of the module's embeddings, whose gradients it makes sparse where @p sparse.
std::set<const at::TensorImpl*> embeddingTables(TextModel& model, bool sparse)
{
    std::set<const at::TensorImpl*> tables;
    for (const auto& module : model.modules(false))
        if (auto* embedding = module->as<torch::nn::Embedding>()) {
            embedding->options.sparse(sparse);
            tables.insert(embedding->weight.unsafeGetTensorImpl());
        }
    return tables;
}

} // namespace

Optimiser::Optimiser(TextModel& model, const Masks& masks, const TrainOptions& options) : m_options(options), m_rule(makeUpdateRule(options))
{
    const auto parameters = model.named_parameters();
    const bool onCpu = !parameters.is_empty() && parameters[0].value().is_cpu();
    const auto tables = embeddingTables(model, onCpu && options.sparseRows);
    for (const auto& item : parameters) {
        Slot slot;
        slot.name = item.key();
        slot.parameter = item.value();
        setMask(slot, masks);
        const bool table = tables.contains(slot.parameter.unsafeGetTensorImpl());
        slot.decay = table ? options.embeddingDecay : slot.parameter.dim() > 1 ? options.weightDecay : 0; // biases and norms are not drawn to zero
        m_slots.push_back(std::move(slot));
    }
}

void Optimiser::setMask(Slot& slot, const Masks& masks)
{
    const auto found = masks.find(slot.name);
    slot.mask = found == masks.end() ? nullptr : &found->second;
    slot.maskValues.reset();
    if (slot.mask != nullptr && !slot.parameter.is_cpu())
        slot.maskValues = bytesOf(*slot.mask, slot.parameter.sizes()).to(slot.parameter.device(), torch::kFloat32);
}

void Optimiser::setMasks(const Masks& masks)
{
    const torch::NoGradGuard noGrad;
    for (Slot& slot : m_slots) {
        setMask(slot, masks);
        if (slot.mask != nullptr)
            slot.parameter.masked_fill_(bytesOf(*slot.mask, slot.parameter.sizes()).to(slot.parameter.device()).eq(0), 0);
    }
}

void Optimiser::clearGradients()
{
    for (Slot& slot : m_slots)
        slot.parameter.mutable_grad().reset();
}

/// Sums the gradients of equal rows.
void Optimiser::collect(Slot& slot, const torch::Tensor& gradient)
{
    const torch::Tensor indices = gradient._indices().contiguous();
    const torch::Tensor values = gradient._values().contiguous();
    const auto columns = static_cast<std::size_t>(slot.parameter.size(1));
    auto& [rows, sums] = slot.rows;
    rows.clear();
    sums.clear();
    slot.places.resize(static_cast<std::size_t>(slot.parameter.size(0)), -1);
    const std::int64_t* row = indices.data_ptr<std::int64_t>();
    const float* value = values.data_ptr<float>();
    for (std::int64_t n = 0; n < values.size(0); ++n, ++row, value += columns) {
        std::int32_t& place = slot.places[static_cast<std::size_t>(*row)];
        if (place < 0) {
            place = static_cast<std::int32_t>(rows.size());
            rows.push_back(*row);
            sums.insert(sums.end(), value, value + columns);
            continue;
        }
        float* sum = sums.data() + static_cast<std::size_t>(place) * columns;
        for (std::size_t i = 0; i < columns; ++i)
            sum[i] += value[i];
    }
    for (std::size_t n = 0; n < rows.size(); ++n) {
        slot.places[static_cast<std::size_t>(rows[n])] = -1;
        if (slot.mask != nullptr)
            for (std::size_t i = 0; i < columns; ++i)
                sums[n * columns + i] *= static_cast<float>((*slot.mask)[static_cast<std::size_t>(rows[n]) * columns + i]);
    }
}

/// Takes the gradient out of the parameter, without that of pruned weights, and returns the sum of its squares; 0 off the CPU, see squaresOf().
double Optimiser::takeGradients(Slot& slot) const
{
    slot.rows.rows.clear();
    slot.gradient = slot.parameter.grad();
    if (!slot.gradient.defined())
        return 0;
    if (slot.gradient.is_sparse()) {
        collect(slot, slot.gradient);
        slot.gradient.reset();
        const torch::Tensor sums = torch::from_blob(slot.rows.sums.data(), {static_cast<std::int64_t>(slot.rows.sums.size())}, torch::kFloat32);
        return sums.dot(sums).item<double>();
    }
    slot.gradient = slot.gradient.contiguous(); // stepDense() walks over it as it lies in memory
    if (slot.maskValues.defined())
        slot.gradient.mul_(slot.maskValues);
    else if (slot.mask != nullptr)
        slot.gradient.mul_(bytesOf(*slot.mask, slot.gradient.sizes()));
    return slot.gradient.is_cpu() ? slot.gradient.view(-1).dot(slot.gradient.view(-1)).item<double>() : 0;
}

void Optimiser::step(const StepRates& rates, std::int64_t accumulated)
{
    const torch::NoGradGuard noGrad;
    double squares = 0;
    std::vector<torch::Tensor> offCpu;
    for (Slot& slot : m_slots) {
        squares += takeGradients(slot);
        if (slot.gradient.defined() && !slot.gradient.is_cpu())
            offCpu.push_back(slot.gradient);
    }
    const double share = 1 / static_cast<double>(accumulated);
    const double norm = std::sqrt(squares + squaresOf(offCpu)) * share;
    const double limit = m_options.gradientClip;
    UpdateSettings settings{.learningRate = rates.learningRate, .momentum = rates.momentum, .step = ++m_step};
    settings.gradientScale = share * (limit > 0 && norm > limit ? limit / norm : 1);
    std::map<double, std::vector<Slot*>> elsewhere; // not on the CPU, by decay
    for (Slot& slot : m_slots) {
        settings.weightDecay = slot.decay;
        if (!slot.rows.rows.empty())
            stepRows(slot, settings);
        else if (slot.gradient.defined() && slot.parameter.is_cpu())
            stepDense(slot, settings);
        else if (slot.gradient.defined())
            elsewhere[slot.decay].push_back(&slot);
    }
    for (const auto& [decay, slots] : elsewhere) {
        settings.weightDecay = decay;
        stepTensors(slots, settings);
    }
}

void Optimiser::stepDense(Slot& slot, UpdateSettings settings) const
{
    float* weights = slot.parameter.data_ptr<float>();
    const float* gradients = slot.gradient.data_ptr<float>();
    float* first = zerosIfUndefined(slot.first, slot.parameter).data_ptr<float>();
    float* second = m_rule->usesSecondMoments() ? zerosIfUndefined(slot.second, slot.parameter).data_ptr<float>() : nullptr;
    const std::uint8_t* mask = slot.mask != nullptr ? slot.mask->data() : nullptr;
    at::parallel_for(0, slot.parameter.numel(), weightsPerTask, [&](std::int64_t from, std::int64_t to) {
        m_rule->dense(settings, {weights + from, gradients + from, first + from, second ? second + from : nullptr, mask ? mask + from : nullptr},
                      static_cast<std::size_t>(to - from));
    });
}

void Optimiser::stepRows(Slot& slot, UpdateSettings settings) const
{
    const std::int64_t columns = slot.parameter.size(1);
    if (!slot.rowSteps.defined())
        slot.rowSteps = torch::zeros({slot.parameter.size(0)});
    float* weights = slot.parameter.data_ptr<float>();
    float* second = m_rule->usesSecondMoments() ? zerosIfUndefined(slot.second, slot.parameter).data_ptr<float>() : nullptr;
    auto* steps = slot.rowSteps.data_ptr<float>();
    const auto now = static_cast<float>(settings.step);
    const auto& [rows, sums] = slot.rows;
    at::parallel_for(0, static_cast<std::int64_t>(rows.size()), std::max<std::int64_t>(1, weightsPerTask / columns), [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t n = from; n < to; ++n) {
            const std::int64_t row = rows[static_cast<std::size_t>(n)];
            const std::int64_t begin = row * columns;
            const std::int64_t elapsed = std::max<std::int64_t>(1, static_cast<std::int64_t>(now - steps[row]));
            m_rule->row(settings, elapsed, {weights + begin, sums.data() + n * columns, nullptr, second ? second + begin : nullptr,
                        slot.mask ? slot.mask->data() + begin : nullptr}, static_cast<std::size_t>(columns));
            steps[row] = now;
        }
    });
}

/// The same as stepDense() in LibTorch's own operations, for other devices: all tensors of one decay at once, since a GPU would spend its time on
/// beginning otherwise.
void Optimiser::stepTensors(const std::vector<Slot*>& slots, const UpdateSettings& settings) const
{
    std::vector<torch::Tensor> weights, gradients, first, second, masked, masks;
    for (Slot* slot : slots) {
        weights.push_back(slot->parameter);
        gradients.push_back(slot->gradient);
        first.push_back(zerosIfUndefined(slot->first, slot->parameter));
        if (m_rule->usesSecondMoments())
            second.push_back(zerosIfUndefined(slot->second, slot->parameter));
        if (slot->maskValues.defined()) {
            masked.push_back(slot->parameter);
            masks.push_back(slot->maskValues);
        }
    }
    at::_foreach_mul_(gradients, settings.gradientScale);
    at::_foreach_mul_(weights, 1 - settings.learningRate * settings.weightDecay);
    at::_foreach_mul_(first, settings.momentum);
    if (m_rule->usesSecondMoments()) {
        const AdamWSettings adam;
        const auto t = static_cast<double>(settings.step);
        at::_foreach_add_(first, gradients, 1 - settings.momentum);
        at::_foreach_mul_(second, adam.beta2);
        at::_foreach_addcmul_(second, gradients, gradients, 1 - adam.beta2);
        std::vector<torch::Tensor> roots = at::_foreach_sqrt(second);
        at::_foreach_mul_(roots, 1 / std::sqrt(1 - std::pow(adam.beta2, t)));
        at::_foreach_add_(roots, adam.epsilon);
        at::_foreach_addcdiv_(weights, first, roots, -settings.learningRate / (1 - std::pow(settings.momentum, t)));
    } else {
        at::_foreach_add_(first, gradients, 1);
        at::_foreach_add_(weights, first, -settings.learningRate * (m_options.nesterov ? settings.momentum : 1));
        if (m_options.nesterov)
            at::_foreach_add_(weights, gradients, -settings.learningRate);
    }
    if (!masked.empty())
        at::_foreach_mul_(masked, masks);
}

void Optimiser::save(TrainingState& state) const
{
    const auto keep = [](Weights& part, const std::string& name, const torch::Tensor& tensor) {
        if (!tensor.defined())
            return;
        const torch::Tensor values = tensor.to(torch::kCPU).contiguous();
        part[name] = {values.sizes().vec(), std::vector<float>(values.data_ptr<float>(), values.data_ptr<float>() + values.numel())};
    };
    state.step = m_step;
    for (const Slot& slot : m_slots) {
        keep(state.firstMoments, slot.name, slot.first);
        keep(state.secondMoments, slot.name, slot.second);
        keep(state.rowSteps, slot.name, slot.rowSteps);
    }
}

void Optimiser::load(const TrainingState& state)
{
    const auto take = [](const Weights& part, const Slot& slot, torch::Tensor& tensor) {
        if (const auto found = part.find(slot.name); found != part.end())
            tensor = torch::tensor(found->second.values).reshape(found->second.shape).to(slot.parameter.device());
    };
    m_step = state.step;
    for (Slot& slot : m_slots) {
        take(state.firstMoments, slot, slot.first);
        take(state.secondMoments, slot, slot.second);
        take(state.rowSteps, slot, slot.rowSteps);
    }
}

} // namespace espalier
