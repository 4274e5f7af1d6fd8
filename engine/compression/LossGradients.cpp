// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/LossGradients.h"

#include "engine/compression/CalibrationRun.h"
#include "engine/models/TorchGuard.h"

#include <algorithm>

namespace espalier {

namespace {

Weights meanGradients(const TextModel& model, const std::vector<std::string>& tensors, std::int64_t decisions)
{
    torch::NoGradGuard noGrad;
    Weights gradients;
    const auto parameters = model.named_parameters();
    for (const std::string& name : tensors) {
        const torch::Tensor& parameter = parameters[name];
        const torch::Tensor& sum = parameter.grad();
        const torch::Tensor mean = sum.defined() ? (sum.to_dense() / static_cast<double>(std::max<std::int64_t>(decisions, 1))).contiguous()
                                                 : torch::zeros_like(parameter);
        const float* data = mean.data_ptr<float>();
        gradients[name] = {mean.sizes().vec(), std::vector<float>(data, data + mean.numel())};
    }
    return gradients;
}

} // namespace

Result<Weights> lossGradients(const Checkpoint& checkpoint, const ExampleTable& training, std::size_t count, std::uint64_t seed, RunContext& context)
{
    return guarded("Measuring gradients", [&]() -> Result<Weights> {
        ESPALIER_TRY(CalibrationRun run, CalibrationRun::create(checkpoint, training, {.sentences = count, .seed = seed, .activity = "Measuring gradients"}));
        std::int64_t decisions = 0;
        ESPALIER_CHECK(run.forEachBatch(context, [&](std::span<const std::uint32_t> indices) { decisions += run.addGradients(indices); }));
        std::vector<std::string> names;
        for (const PrunableTensor& tensor : run.tensors())
            names.push_back(tensor.name);
        return meanGradients(run.model(), names, decisions);
    });
}

Result<void> forEachBatchGradient(const Checkpoint& checkpoint, const ExampleTable& training, const GradientRequest& request,
                                  const std::function<void(const Weights& gradients)>& take, RunContext& context)
{
    return guarded("Measuring gradients", [&]() -> Result<void> {
        ESPALIER_TRY(CalibrationRun run,
                     CalibrationRun::create(checkpoint, training, {.sentences = request.sentences, .seed = request.seed, .activity = "Measuring gradients"}));
        return run.forEachBatch(context, [&](std::span<const std::uint32_t> indices) {
            const std::int64_t decisions = run.addGradients(indices);
            take(meanGradients(run.model(), request.tensors, decisions));
            run.model().zero_grad();
        });
    });
}

Result<void> measureWhereNeeded(PruneOptions& options, const Checkpoint& checkpoint, const Splits& splits, RunContext& context)
{
    ESPALIER_TRY(const auto tensors, prunableTensors(checkpoint.model));
    ESPALIER_TRY(const PruneScope scope, pruneScope(tensors, options));
    Result<Weights> measured = Weights();
    switch (scope.ranker.scorer->measures) {
    case Measurement::None: return {};
    case Measurement::Gradient: measured = lossGradients(checkpoint, splits.train, options.calibrationExamples, options.seed, context); break;
    case Measurement::InputNorms: measured = inputNorms(checkpoint, splits.train, options.calibrationExamples, options.seed, context); break;
    case Measurement::Fisher: measured = fisherBlocks(checkpoint, splits.train, options, context); break;
    case Measurement::Movement:
        return Error{ErrorCode::InvalidArgument, "The 'score' is '" + options.score + "', which is gathered while the model trains: it cannot prune at once.",
                     "Set 'recovery' to gradual, or choose another score."};
    }
    if (!measured)
        return measured.error();
    options.measured = std::make_shared<const Weights>(std::move(*measured));
    return {};
}

} // namespace espalier
