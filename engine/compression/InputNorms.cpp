// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/CalibrationRun.h"
#include "engine/compression/LossGradients.h"
#include "engine/models/InputRecorder.h"
#include "engine/models/TorchGuard.h"

namespace espalier {

namespace {

Tensor normsOf(const torch::Tensor& squares)
{
    const torch::Tensor norms = squares.clamp_min(0).sqrt().to(torch::kFloat32).contiguous(); // what cancels may be a little below zero
    const float* data = norms.data_ptr<float>();
    return {norms.sizes().vec(), std::vector<float>(data, data + norms.numel())};
}

} // namespace

Result<Weights> inputNorms(const Checkpoint& checkpoint, const ExampleTable& training, std::size_t count, std::uint64_t seed, RunContext& context)
{
    return guarded("Measuring inputs", [&]() -> Result<Weights> {
        const torch::NoGradGuard noGrad;
        ESPALIER_TRY(CalibrationRun run, CalibrationRun::create(checkpoint, training, {.sentences = count, .seed = seed, .activity = "Measuring inputs"}));
        InputRecorder recorder;
        run.model().recordInputs(&recorder);
        ESPALIER_CHECK(run.forEachBatch(context, [&](std::span<const std::uint32_t> indices) {
            const TextBatch batch = run.batch(indices);
            run.model().forward(batch.ids, batch.lengths);
        }));
        Weights norms;
        const auto parameters = run.model().named_parameters();
        for (const auto& tensor : run.tensors()) {
            const torch::Tensor squares = recorder.squaresOf(parameters[tensor.name]);
            if (!squares.defined())
                return Error{ErrorCode::Unsupported, "The architecture '" + checkpoint.model.architecture + "' does not tell what it multiplies '" + tensor.name + "' with.",
                             "Choose another 'score'."};
            norms[tensor.name] = normsOf(squares);
        }
        return norms;
    });
}

} // namespace espalier
