// SPDX-License-Identifier: Apache-2.0
// RecipeStep: one node of a recipe for making a model small, as a value: what the search proposes, reports keep and a pipeline takes over.
#pragma once

#include "engine/core/ParameterSpec.h"

namespace espalier {

struct RecipeStep {
    std::string type;            ///< id of a node type that makes a checkpoint of a checkpoint, or "package" as the last
    Parameters parameters = {};  ///< those that differ from the defaults

    bool operator==(const RecipeStep&) const = default;
};

inline Json toJson(const RecipeStep& step)
{
    return {{"type", step.type}, {"parameters", step.parameters}};
}

inline Result<RecipeStep> recipeStepFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "recipe.steps"));
    RecipeStep step;
    ESPALIER_TRY(step.type, fields.text("type"));
    ESPALIER_CHECK(fields.object("parameters"));
    step.parameters = fields.value("parameters").get<Parameters>();
    return step;
}

} // namespace espalier
