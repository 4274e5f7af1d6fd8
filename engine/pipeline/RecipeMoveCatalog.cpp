// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RecipeMove.h"

namespace espalier {

const Catalog<RecipeMove>& recipeMoves()
{
    static const Catalog<RecipeMove> catalog("move", {
                                                         {"prune_one_shot", false, moves::pruneOneShot},
                                                         {"prune_and_recover", true, moves::pruneAndRecover},
                                                     });
    return catalog;
}

std::optional<double> RecipeState::budget(const char* kind) const
{
    const auto found = report.budgets.find(kind);
    return found == report.budgets.end() ? std::nullopt : std::optional(found->second);
}

bool RecipeState::sizeLimited() const
{
    return limits(report.budgets, &BudgetKind::shrinks);
}

} // namespace espalier
