// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RecipeRecords.h"

#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"

#include <algorithm>

namespace espalier {
namespace {

std::filesystem::path recipesOf(const std::filesystem::path& projectFolder, const std::string& fingerprint)
{
    return projectFolder / ".espalier" / "recipes" / fingerprint;
}

} // namespace

Result<void> keepRecipe(const std::filesystem::path& projectFolder, const RecipeReport& report)
{
    const auto folder = recipesOf(projectFolder, report.fingerprint);
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return ioError("create the folder", folder.string(), failed.value());
    const std::string name = Fingerprint().add("budgets", dumpJson(report.budgets)).add("precision", report.precision).hex();
    return writeFileSafely(folder / (name + ".json"), dumpJsonPretty(toJson(report)));
}

std::vector<RecipeReport> keptRecipes(const std::filesystem::path& projectFolder, const std::string& fingerprint)
{
    std::vector<RecipeReport> reports;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(recipesOf(projectFolder, fingerprint), ignored)) {
        const auto json = entry.path().extension() == ".json" ? readJsonFile(entry.path()) : Result<Json>(Error{});
        auto report = json ? recipeReportFromJson(*json) : Result<RecipeReport>(Error{});
        if (report)
            reports.push_back(std::move(*report));
    }
    std::sort(reports.begin(), reports.end(), [](const RecipeReport& a, const RecipeReport& b) { return a.time > b.time; });
    return reports;
}

} // namespace espalier
