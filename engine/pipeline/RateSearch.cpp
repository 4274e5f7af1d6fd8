// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RateSearch.h"

#include "engine/pipeline/TrainingOptions.h"
#include "engine/training/RateFinder.h"

namespace espalier {
namespace {

constexpr const char* trainType = "train";

Error noTrainNode(const Graph& graph, const std::string& node)
{
    std::string known;
    for (const auto& [id, other] : graph.nodes())
        if (other.type == trainType)
            known += (known.empty() ? "" : ", ") + id;
    return {ErrorCode::NotFound, "'" + node + "' is not a Train node of this project.",
            known.empty() ? "Add a Train node first." : "Train nodes of this project: " + known + ".", {}};
}

} // namespace

Result<RateCurve> searchLearningRate(Pipeline& pipeline, const std::string& node, RunContext& context)
{
    const Node* found = pipeline.graph().node(node);
    if (found == nullptr || found->type != trainType)
        return noTrainNode(pipeline.graph(), node);
    ESPALIER_TRY(const StageInputs inputs, pipeline.inputsOf(*found, context));
    context.seed = inputs.parameter<std::uint64_t>("seed");
    TrainOptions options = trainOptionsOf(inputs);
    options.resumeFolder.clear(); // a training that was interrupted keeps its state
    return findLearningRate(modelToTrain(inputs), inputs.input<ModelArtefact>("model").tokenizer, inputs.input<Splits>("splits"), options, context);
}

} // namespace espalier
