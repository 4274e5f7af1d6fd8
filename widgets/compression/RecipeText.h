// SPDX-License-Identifier: GPL-3.0-or-later
// How recipes, budgets and what became of them read, in the user's language.
#pragma once

#include "engine/reports/RecipeReport.h"

#include <QString>

namespace espalier {

/// "LAMP, all layers together, 93 %, gradual with distillation"; of other steps the node's name and its parameters.
QString recipeText(const std::vector<RecipeStep>& steps);
/// The same in short: of other steps than pruning the node's name only.
QString recipeSummary(const std::vector<RecipeStep>& steps);
/// A budget's figure with its unit.
QString budgetFigure(const std::string& kind, double value);
/// "Package size 2.9 MiB of at most 3 MiB".
QString checkText(const BudgetCheck& check);
/// The best candidate of a search under way, without a verdict: better may come.
QString bestSoFarText(const RecipeReport& report);
/// Why @p report recommends what it does, with the figures, and what cannot be had.
QString recommendationText(const RecipeReport& report);

} // namespace espalier
