// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/PruneParameters.h"

#include "engine/graph/LayerLists.h"
#include "engine/graph/PruningParameters.h"

namespace espalier {

Result<PruneOptions> pruneOptions(const Parameters& parameters)
{
    const auto text = [&](const char* id) { return parameters.at(id).get<std::string>(); };
    PruneOptions options{.method = text("method"),
                         .sparsity = parameters.at("sparsity").get<double>(),
                         .embeddings = text("embeddings"),
                         .score = text("score"),
                         .pattern = text("pattern"),
                         .seed = parameters.at("random_seed").get<std::uint64_t>(),
                         .exclude = layersFromText(text("exclude")),
                         .allowEmptied = parameters.at("allow_emptied").get<bool>(),
                         .calibrationExamples = parameters.at("calibration_examples").get<std::size_t>(),
                         .fisherBlock = parameters.at("fisher_block").get<std::size_t>(),
                         .fisherGradients = parameters.at("fisher_gradients").get<std::size_t>(),
                         .fisherDamping = parameters.at("fisher_damping").get<double>()};
    ESPALIER_TRY(options.layerSparsities, layerSparsitiesFromText(text("layer_sparsities")));
    return options;
}

Result<Parameters> pruningChoice(const Json& json)
{
    Parameters given{{"sparsity", 0.0}};
    for (const ParameterSpec& spec : pruningParameters())
        if (json.contains(spec.id))
            given[spec.id] = json.at(spec.id);
    return completeParameters(pruningParameters(), given);
}

} // namespace espalier
