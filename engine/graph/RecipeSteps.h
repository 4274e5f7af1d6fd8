// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeSteps: the nodes by which a checkpoint is made small, and how they become part of a pipeline. The search for a recipe runs the very graph
// that "Apply" makes, so that what it promises is what a run gives.
#pragma once

#include "engine/core/RecipeStep.h"
#include "engine/graph/Graph.h"

namespace espalier {

struct AppliedRecipe {
    std::string last;         ///< the node whose checkpoint is packaged
    std::string package = {}; ///< the Package node that takes it
};

/// Puts @p steps behind @p source. A node of the right type that stands there already gets the step's parameters (its threads and device stay);
/// else one is added, and what took the checkpoint before takes the new one's. Package keeps its other parameters and inputs.
/// Errors: no such node, an unknown type, a parameter that it does not take. The graph is then as it was, or partly changed: apply to a copy.
Result<AppliedRecipe> applyRecipe(Graph& graph, const std::string& source, const std::vector<RecipeStep>& steps);

} // namespace espalier
