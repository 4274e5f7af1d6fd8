// SPDX-License-Identifier: GPL-3.0-or-later
// Searches for a recipe as they are kept, in `.espalier/recipes` beside the project, by the fingerprint of the checkpoint that was asked about.
#pragma once

#include "engine/reports/RecipeReport.h"

#include <filesystem>

namespace espalier {

/// One for the same budgets and precision: the newest stays.
Result<void> keepRecipe(const std::filesystem::path& projectFolder, const RecipeReport& report);
/// Newest first. Files that cannot be read are left out.
std::vector<RecipeReport> keptRecipes(const std::filesystem::path& projectFolder, const std::string& fingerprint);

} // namespace espalier
