// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/QuantizeParameters.h"

namespace espalier {

std::string schemeText(const Parameters& parameters)
{
    const auto inGroups = [&](const std::string& choice) {
        return choice == "int8_groups" || choice == "int4" ? choice + ":" + std::to_string(parameters.at("group_size").get<std::int64_t>()) : choice;
    };
    const auto weights = parameters.at(parameters.contains("weights") ? "weights" : "precision").get<std::string>();
    const auto embeddings = parameters.at("embeddings").get<std::string>();
    return weights == "fp32" || weights == "checkpoint" || embeddings == "same" ? inGroups(weights) : inGroups(weights) + "+" + inGroups(embeddings);
}

} // namespace espalier
