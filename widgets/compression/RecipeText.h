// SPDX-License-Identifier: GPL-3.0-or-later
// How recipes, budgets and what became of them read, in the user's language.
#pragma once

#include "engine/reports/RecipeReport.h"

#include <QString>

namespace espalier {

/// "LAMP, all layers together, 93 %, gradual with distillation"; of other steps the node's name and its parameters.
QString recipeText(const std::vector<RecipeStep>& steps);
/// A budget's figure with its unit.
QString budgetFigure(const std::string& kind, double value);
/// "Package size 2.9 MiB of at most 3 MiB".
QString checkText(const BudgetCheck& check);
/// The budgets that @p candidate misses; "none" where it meets all.
QString missesText(const RecipeCandidate& candidate);
/// Why @p report recommends what it does, with the figures, and what cannot be had.
QString recommendationText(const RecipeReport& report);

} // namespace espalier
