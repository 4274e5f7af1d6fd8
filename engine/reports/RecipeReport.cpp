// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/RecipeReport.h"

#include <array>

namespace espalier {
namespace {

constexpr std::array stateNames{"predicted", "measured", "failed"};
constexpr std::array whyNames{"none", "most_accurate", "smallest", "nearest", "not_measured"};
constexpr std::array checkStates{BudgetState::Met, BudgetState::MetWithinNoise, BudgetState::MissedWithinNoise, BudgetState::Missed, BudgetState::Unknown};

/// The place of @p name among @p names; an error that lists them where it is none.
template <std::size_t count>
Result<std::size_t> indexOf(const std::array<const char*, count>& names, const std::string& name, const std::string& field)
{
    std::string known;
    for (std::size_t i = 0; i < count; ++i) {
        if (name == names[i])
            return i;
        known += (known.empty() ? "" : ", ") + std::string(names[i]);
    }
    return Error{ErrorCode::InvalidFormat, "The field '" + field + "' is '" + name + "'; it must be one of " + known + ".", {}, {}};
}

Result<BudgetCheck> checkFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "recipe.checks"));
    BudgetCheck check;
    ESPALIER_TRY(check.kind, fields.text("kind"));
    ESPALIER_CHECK(budgetKinds().get(check.kind));
    ESPALIER_TRY(check.limit, fields.number("limit"));
    ESPALIER_TRY(check.value, fields.number("value"));
    ESPALIER_TRY(const std::string state, fields.text("state"));
    for (const BudgetState known : checkStates)
        if (budgetStateName(known) == state)
            check.state = known;
    return check;
}

} // namespace

Json toJson(const RecipeCandidate& candidate)
{
    Json steps = Json::array();
    for (const RecipeStep& step : candidate.steps)
        steps.push_back(toJson(step));
    Json checks = Json::array();
    for (const BudgetCheck& check : candidate.checks)
        checks.push_back({{"kind", check.kind}, {"limit", check.limit}, {"value", check.value}, {"state", budgetStateName(check.state)}});
    return {{"steps", steps},
            {"state", stateNames.at(static_cast<std::size_t>(candidate.state))},
            {"trained", candidate.trained},
            {"point", toJson(candidate.point)},
            {"noise", candidate.noise},
            {"checks", checks},
            {"seconds", candidate.seconds},
            {"reason", candidate.reason},
            {"confirmed", candidate.confirmed}};
}

Json toJson(const RecipeReport& report)
{
    Json candidates = Json::array();
    for (const RecipeCandidate& candidate : report.candidates)
        candidates.push_back(toJson(candidate));
    return {{"node", report.node},
            {"fingerprint", report.fingerprint},
            {"time", report.time},
            {"precision", report.precision},
            {"device", report.device},
            {"budgets", report.budgets},
            {"dense", toJson(report.dense)},
            {"candidates", candidates},
            {"recommended", report.recommended},
            {"why", whyNames.at(static_cast<std::size_t>(report.why))},
            {"impossible", report.impossible},
            {"complete", report.complete}};
}

Result<RecipeCandidate> recipeCandidateFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "recipe.candidates"));
    RecipeCandidate candidate;
    ESPALIER_TRY(candidate.steps, fields.list("steps", recipeStepFromJson));
    ESPALIER_TRY(const std::string state, fields.text("state"));
    ESPALIER_TRY(const std::size_t index, indexOf(stateNames, state, "recipe.candidates.state"));
    candidate.state = static_cast<RecipeCandidate::State>(index);
    ESPALIER_TRY(candidate.trained, fields.boolean("trained"));
    ESPALIER_TRY(candidate.point, sparsityPointFromJson(fields.value("point")));
    ESPALIER_TRY(candidate.noise, fields.number("noise"));
    ESPALIER_TRY(candidate.checks, fields.list("checks", checkFromJson));
    ESPALIER_TRY(candidate.seconds, fields.number("seconds"));
    ESPALIER_TRY(candidate.reason, fields.text("reason"));
    ESPALIER_TRY(candidate.confirmed, fields.boolean("confirmed"));
    return candidate;
}

Result<RecipeReport> recipeReportFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "recipe"));
    RecipeReport report;
    ESPALIER_TRY(report.node, fields.text("node"));
    ESPALIER_TRY(report.fingerprint, fields.text("fingerprint"));
    ESPALIER_TRY(report.time, fields.text("time"));
    ESPALIER_TRY(report.precision, fields.text("precision"));
    ESPALIER_TRY(report.device, fields.textOr("device", report.device)); // absent in searches of earlier builds
    ESPALIER_CHECK(fields.object("budgets"));
    ESPALIER_TRY(report.budgets, budgetsFromJson(fields.value("budgets")));
    ESPALIER_TRY(report.dense, sparsityPointFromJson(fields.value("dense")));
    ESPALIER_TRY(report.candidates, fields.list("candidates", recipeCandidateFromJson));
    ESPALIER_TRY(const std::int64_t recommended, fields.integer("recommended"));
    if (recommended >= static_cast<std::int64_t>(report.candidates.size()))
        return Error{ErrorCode::InvalidFormat, "The field 'recipe.recommended' names no candidate.", {}, {}};
    report.recommended = static_cast<int>(recommended);
    ESPALIER_TRY(const std::string why, fields.text("why"));
    ESPALIER_TRY(const std::size_t index, indexOf(whyNames, why, "recipe.why"));
    report.why = static_cast<RecipeReport::Why>(index);
    ESPALIER_TRY(report.impossible, fields.texts("impossible"));
    ESPALIER_TRY(report.complete, fields.boolean("complete"));
    return report;
}

} // namespace espalier
