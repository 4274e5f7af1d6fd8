// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/PruneSteps.h"

#include "engine/graph/NodeCatalog.h"
#include "engine/graph/PruningParameters.h"

#include <algorithm>

namespace espalier {

RecipeStep stepWith(const std::string& type, const Parameters& parameters)
{
    RecipeStep step{type};
    for (const auto& [id, value] : parameters)
        if (value != nodeCatalog().find(type)->parameter(id)->fallback)
            step.parameters[id] = value;
    return step;
}

Parameters completeParametersOf(const RecipeStep& step)
{
    Parameters complete;
    for (const ParameterSpec& spec : nodeCatalog().find(step.type)->parameters) {
        const auto given = step.parameters.find(spec.id);
        complete[spec.id] = given == step.parameters.end() ? spec.fallback : given->second;
    }
    return complete;
}

Parameters choiceOf(const RecipeStep& step)
{
    const Parameters complete = completeParametersOf(step);
    Parameters choice;
    for (const ParameterSpec& spec : pruningParameters())
        choice[spec.id] = complete.at(spec.id);
    return choice;
}

bool isOneShot(const std::vector<RecipeStep>& steps)
{
    const auto count = std::count_if(steps.begin(), steps.end(), [](const RecipeStep& step) { return step.type != "package"; });
    return count == 1 && steps.front().type == "prune" && !trains(steps);
}

bool trains(const std::vector<RecipeStep>& steps)
{
    return std::any_of(steps.begin(), steps.end(), [](const RecipeStep& step) {
        const Parameters complete = completeParametersOf(step);
        const auto recovery = complete.find("recovery");
        return recovery == complete.end() ? complete.contains("epochs") : recovery->second != "none";
    });
}

} // namespace espalier
