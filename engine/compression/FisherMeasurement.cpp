// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/CalibrationRun.h"
#include "engine/compression/FisherBlocks.h"
#include "engine/compression/LossGradients.h"
#include "engine/models/TorchGuard.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <unistd.h>

namespace espalier {

namespace {

constexpr std::int64_t blocksPerTask = 64;

struct Slot {
    torch::Tensor parameter;
    FisherLayout layout;
    std::vector<float>* sums = nullptr;
};

Result<void> checkMemory(const std::vector<Slot>& slots, std::size_t block)
{
    const double half = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 2;
    double bytes = 0;
    for (const Slot& slot : slots)
        bytes += static_cast<double>(slot.layout.numbers()) * sizeof(float);
    if (bytes <= half)
        return {};
    return Error{ErrorCode::InvalidArgument, "With a 'fisher_block' of " + std::to_string(block) + " the second derivatives would take " +
                                                 std::to_string(static_cast<std::int64_t>(bytes / 1e6)) + " MB, more than half of this machine's memory.",
                 "Use smaller blocks, or another 'score'."};
}

/// Adds the squares of @p slot's gradient by blocks; most rows of an embedding have none.
void addSquares(const Slot& slot)
{
    const torch::Tensor gradient = slot.parameter.grad().to_dense().contiguous();
    const float* data = gradient.data_ptr<float>();
    const FisherLayout& layout = slot.layout;
    at::parallel_for(0, static_cast<std::int64_t>(layout.rows * layout.blocks), blocksPerTask, [&](std::int64_t from, std::int64_t to) {
        for (auto block = static_cast<std::size_t>(from); block < static_cast<std::size_t>(to); ++block) {
            const float* begin = data + layout.begin(block);
            const std::size_t count = layout.sizeOf(block);
            if (std::any_of(begin, begin + count, [](float value) { return value != 0; }))
                addOuterProduct(begin, count, slot.sums->data() + block * layout.packed());
        }
    });
}

/// Sums become means, with the damping on the diagonal.
void finish(const Slot& slot, std::size_t gradients, double damping)
{
    const std::size_t packed = slot.layout.packed();
    for (float& sum : *slot.sums)
        sum /= static_cast<float>(gradients);
    for (std::size_t begin = 0; begin < slot.sums->size(); begin += packed)
        for (std::size_t i = 0; i < slot.layout.size; ++i)
            (*slot.sums)[begin + i * (i + 3) / 2] += static_cast<float>(damping);
}

Result<Weights> measure(CalibrationRun& run, const PruneOptions& options, RunContext& context)
{
    const auto parameters = run.model().named_parameters();
    std::vector<Slot> slots;
    for (const auto& tensor : run.tensors())
        slots.push_back({parameters[tensor.name], FisherLayout::of(parameters[tensor.name].sizes().vec(), options.fisherBlock)});
    ESPALIER_CHECK(checkMemory(slots, options.fisherBlock));
    Weights fisher;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        Tensor& blocks = fisher[run.tensors()[i].name] = {slots[i].layout.shape(), std::vector<float>(slots[i].layout.numbers())};
        slots[i].sums = &blocks.values;
    }
    const std::size_t gradients = std::min(options.fisherGradients, run.sentences());
    ESPALIER_CHECK(run.forEachPart(gradients, context, [&](std::span<const std::uint32_t> indices) {
        for (torch::Tensor& parameter : run.model().parameters())
            parameter.mutable_grad().reset();
        const auto decisions = static_cast<double>(std::max<std::int64_t>(1, run.addGradients(indices)));
        const torch::NoGradGuard noGrad;
        for (const Slot& slot : slots)
            if (slot.parameter.grad().defined()) {
                slot.parameter.mutable_grad().div_(decisions);
                addSquares(slot);
            }
    }));
    for (const Slot& slot : slots)
        finish(slot, gradients, options.fisherDamping);
    return fisher;
}

} // namespace

Result<Weights> fisherBlocks(const Checkpoint& checkpoint, const ExampleTable& training, const PruneOptions& options, RunContext& context)
{
    if (options.fisherBlock < 1 || options.fisherGradients < 1 || !(options.fisherDamping > 0))
        return Error{ErrorCode::InvalidArgument, "'fisher_block', 'fisher_gradients' and 'fisher_damping' must be more than 0.", "Use 48, 1024 and 1e-7."};
    return guarded("Measuring second derivatives", [&]() -> Result<Weights> {
        ESPALIER_TRY(CalibrationRun run,
                     CalibrationRun::create(checkpoint, training,
                                            {.sentences = options.calibrationExamples, .seed = options.seed, .activity = "Measuring second derivatives"}));
        return measure(run, options, context);
    });
}

} // namespace espalier
