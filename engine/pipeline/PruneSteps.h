// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of recipes, most with one Prune node, as the search uses them.
#pragma once

#include "engine/core/RecipeStep.h"
#include "engine/reports/RecipeReport.h"

namespace espalier {

/// A node of @p type with these parameters; those equal to the defaults are left out.
RecipeStep stepWith(const std::string& type, const Parameters& parameters);
inline RecipeStep pruneStep(const Parameters& parameters)
{
    return stepWith("prune", parameters);
}
/// All parameters of @p step, of whatever type.
Parameters completeParametersOf(const RecipeStep& step);
/// Its parameters that choose weights, complete: what CompressionLab measures.
Parameters choiceOf(const RecipeStep& step);
/// Whether @p steps, with or without a package at the end, are one Prune node that trains nothing.
bool isOneShot(const std::vector<RecipeStep>& steps);
/// Whether a node of @p steps trains.
bool trains(const std::vector<RecipeStep>& steps);

} // namespace espalier
