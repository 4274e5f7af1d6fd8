// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reports/RecipeReport.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace espalier {
namespace {

std::optional<double> bytesOf(const SparsityPoint& point, const SparsityPoint&)
{
    return static_cast<double>(point.packageBytes);
}

std::optional<double> pointsLostOf(const SparsityPoint& point, const SparsityPoint& dense)
{
    return 100 * (dense.accuracy - point.accuracy);
}

std::optional<double> millisecondsOf(const SparsityPoint& point, const SparsityPoint&)
{
    return point.milliseconds > 0 ? std::optional(point.milliseconds) : std::nullopt;
}

std::optional<double> memoryOf(const SparsityPoint& point, const SparsityPoint&)
{
    return point.memoryBytes > 0 ? std::optional(static_cast<double>(point.memoryBytes)) : std::nullopt;
}

constexpr const char* pointsLost = "max_points_lost";

BudgetState stateOf(double value, double limit, double noise)
{
    const double most = limit + 1e-9 * std::max(1.0, limit); // 0.90 - 0.89 is a little more than 0.01
    if (value <= most)
        return value + noise <= most ? BudgetState::Met : BudgetState::MetWithinNoise;
    return value - noise <= most ? BudgetState::MissedWithinNoise : BudgetState::Missed;
}

bool met(BudgetState state)
{
    return state == BudgetState::Met || state == BudgetState::MetWithinNoise;
}

/// How far the budgets are missed, in all.
double excess(const RecipeCandidate& candidate)
{
    double sum = 0;
    for (const BudgetCheck& check : candidate.checks) {
        const double scale = budgetKinds().find(check.kind)->scale;
        if (check.state != BudgetState::Unknown)
            sum += std::max(0.0, check.value - check.limit) / (scale > 0 ? scale : check.limit);
    }
    return sum;
}

/// Whether budgets that could be measured are all met.
bool nothingAgainst(const RecipeCandidate& candidate)
{
    return std::all_of(candidate.checks.begin(), candidate.checks.end(), [](const BudgetCheck& check) { return met(check.state) || check.state == BudgetState::Unknown; });
}

/// Index of the measured candidate that @p fits with the least @p cost; -1: none.
template <typename Fits, typename Cost>
int least(const RecipeReport& report, const Fits& fits, const Cost& cost)
{
    int best = -1;
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < report.candidates.size(); ++i) {
        const RecipeCandidate& candidate = report.candidates[i];
        if (candidate.state != RecipeCandidate::State::Measured || !fits(candidate) || cost(candidate) >= lowest)
            continue;
        lowest = cost(candidate);
        best = static_cast<int>(i);
    }
    return best;
}

std::vector<std::string> neverMet(const RecipeReport& report)
{
    std::vector<std::string> never;
    for (const auto& [kind, limit] : report.budgets) {
        const bool once = std::any_of(report.candidates.begin(), report.candidates.end(), [&kind = kind](const RecipeCandidate& candidate) {
            return candidate.state != RecipeCandidate::State::Failed && std::any_of(candidate.checks.begin(), candidate.checks.end(),
                               [&](const BudgetCheck& check) { return check.kind == kind && (met(check.state) || check.state == BudgetState::Unknown); });
        });
        if (!once)
            never.push_back(kind);
    }
    return never;
}

} // namespace

const Catalog<BudgetKind>& budgetKinds()
{
    static const Catalog<BudgetKind> kinds("budget", {
                                                         {"max_bytes", "Package size", "bytes", 0, true, false, bytesOf},
                                                         {pointsLost, "Accuracy lost", "points", 1, false, false, pointsLostOf},
                                                         {"max_milliseconds", "Time a sentence", "ms", 0, true, true, millisecondsOf},
                                                         {"max_memory_bytes", "Memory", "bytes", 0, true, true, memoryOf},
                                                     });
    return kinds;
}

bool limits(const Budgets& budgets, bool BudgetKind::*property)
{
    return std::any_of(budgets.begin(), budgets.end(), [&](const auto& budget) { return budgetKinds().find(budget.first)->*property; });
}

Result<Budgets> budgetsFromJson(const Json& json)
{
    Budgets budgets;
    std::string known;
    for (const BudgetKind& kind : budgetKinds().members()) {
        known += (known.empty() ? "" : ", ") + kind.id;
        if (!json.contains(kind.id) || json.at(kind.id).is_null())
            continue;
        const Json& value = json.at(kind.id);
        const bool zero = kind.id == pointsLost;
        const double limit = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
        if (!std::isfinite(limit) || limit < 0 || (limit == 0 && !zero))
            return Error{ErrorCode::InvalidArgument, "'" + kind.id + "' is " + dumpJson(value) + "; it must be a number " + (zero ? "of at least 0" : "above 0") + ".",
                         "Give it in " + kind.unit + ".", {}};
        budgets[kind.id] = limit;
    }
    if (budgets.empty())
        return Error{ErrorCode::InvalidArgument, "No budget is given.", "Give at least one of " + known + ".", {}};
    return budgets;
}

std::string_view budgetStateName(BudgetState state)
{
    switch (state) {
    case BudgetState::Met: return "met";
    case BudgetState::MetWithinNoise: return "met_within_noise";
    case BudgetState::MissedWithinNoise: return "missed_within_noise";
    case BudgetState::Missed: return "missed";
    case BudgetState::Unknown: return "not_measured";
    }
    return "not_measured";
}

bool RecipeCandidate::meetsAll() const
{
    return std::all_of(checks.begin(), checks.end(), [](const BudgetCheck& check) { return met(check.state); });
}

bool RecipeCandidate::meetsAllClearly() const
{
    return std::all_of(checks.begin(), checks.end(), [](const BudgetCheck& check) { return check.state == BudgetState::Met; });
}

std::vector<BudgetCheck> checkBudgets(const RecipeCandidate& candidate, const Budgets& budgets, const SparsityPoint& dense)
{
    std::vector<BudgetCheck> checks;
    for (const auto& [id, limit] : budgets) {
        BudgetCheck check{.kind = id, .limit = limit};
        const bool predicted = candidate.state == RecipeCandidate::State::Predicted; // of which nothing but the size is known
        const auto value = predicted && id != "max_bytes" ? std::nullopt : budgetKinds().find(id)->value(candidate.point, dense);
        if (value) {
            check.value = *value;
            check.state = stateOf(*value, limit, id == pointsLost ? candidate.noise : 0);
        }
        checks.push_back(check);
    }
    return checks;
}

std::vector<bool> frontier(const RecipeReport& report)
{
    const auto beats = [](const SparsityPoint& a, const SparsityPoint& b) {
        return a.packageBytes <= b.packageBytes && a.accuracy >= b.accuracy && (a.packageBytes < b.packageBytes || a.accuracy > b.accuracy);
    };
    std::vector<bool> kept;
    for (const RecipeCandidate& one : report.candidates)
        kept.push_back(one.state == RecipeCandidate::State::Measured &&
                       std::none_of(report.candidates.begin(), report.candidates.end(), [&](const RecipeCandidate& other) {
                           return other.state == RecipeCandidate::State::Measured && beats(other.point, one.point);
                       }));
    return kept;
}

void recommend(RecipeReport& report)
{
    using Why = RecipeReport::Why;
    const bool sized = limits(report.budgets, &BudgetKind::shrinks);
    const auto cost = [&](const RecipeCandidate& candidate) { return sized ? -candidate.point.accuracy : static_cast<double>(candidate.point.packageBytes); };
    report.impossible = neverMet(report);
    report.why = sized ? Why::MostAccurate : Why::Smallest;
    report.recommended = least(report, [](const RecipeCandidate& candidate) { return candidate.meetsAll(); }, cost);
    if (report.recommended >= 0)
        return;
    report.why = Why::NotMeasured;
    report.recommended = least(report, nothingAgainst, cost);
    if (report.recommended >= 0)
        return;
    report.recommended = least(report, [](const RecipeCandidate&) { return true; }, excess);
    report.why = report.recommended >= 0 ? Why::Nearest : Why::None;
}

} // namespace espalier
