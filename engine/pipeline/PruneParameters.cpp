// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/PruneParameters.h"

#include "engine/graph/PruningParameters.h"

#include <charconv>

namespace espalier {

namespace {

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The parts between commas, without those that are empty.
std::vector<std::string> listOf(const std::string& text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        if (auto part = trimmed(text.substr(begin, end - begin)); !part.empty())
            parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

Result<std::map<std::string, double>> layerSparsities(const std::string& text)
{
    std::map<std::string, double> sparsities;
    for (const auto& part : listOf(text)) {
        const std::size_t equals = part.find('=');
        const std::string name = trimmed(part.substr(0, equals));
        const std::string number = equals == std::string::npos ? std::string() : trimmed(part.substr(equals + 1));
        double value = 0;
        const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
        if (name.empty() || number.empty() || read.ec != std::errc() || read.ptr != number.data() + number.size())
            return Error{ErrorCode::InvalidArgument, "'layer_sparsities' has '" + part + "', which is not a layer and its sparsity.",
                         "Write them as output.weight=0.5, with commas between."};
        if (!sparsities.emplace(name, value).second)
            return Error{ErrorCode::InvalidArgument, "'layer_sparsities' has layer '" + name + "' twice.", "Take one away."};
    }
    return sparsities;
}

} // namespace

Result<PruneOptions> pruneOptions(const Parameters& parameters)
{
    const auto text = [&](const char* id) { return parameters.at(id).get<std::string>(); };
    PruneOptions options{.method = text("method"),
                         .sparsity = parameters.at("sparsity").get<double>(),
                         .embeddings = text("embeddings"),
                         .score = text("score"),
                         .pattern = text("pattern"),
                         .seed = parameters.at("random_seed").get<std::uint64_t>(),
                         .exclude = listOf(text("exclude")),
                         .allowEmptied = parameters.at("allow_emptied").get<bool>(),
                         .calibrationExamples = parameters.at("calibration_examples").get<std::size_t>(),
                         .fisherBlock = parameters.at("fisher_block").get<std::size_t>(),
                         .fisherGradients = parameters.at("fisher_gradients").get<std::size_t>(),
                         .fisherDamping = parameters.at("fisher_damping").get<double>()};
    ESPALIER_TRY(options.layerSparsities, layerSparsities(text("layer_sparsities")));
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
