// SPDX-License-Identifier: GPL-3.0-or-later
// RecipeReport: what a search for a recipe within budgets tried, which budgets each candidate misses, and the one it recommends.
#pragma once

#include "engine/core/Catalog.h"
#include "engine/core/RecipeStep.h"
#include "engine/reports/CompressionReport.h"

#include <map>
#include <optional>

namespace espalier {

/// A figure that a recipe may be limited in: one line each in budgetKinds().
struct BudgetKind {
    std::string id;    ///< field of a request: "max_bytes"
    std::string label; ///< English
    std::string unit;
    double scale = 1;  ///< in what a figure counts as one unit when candidates are compared by how far they miss; 0: the limit itself
    bool shrinks = true; ///< whether a smaller model has less of it
    bool runs = false;   ///< whether the package must be run to know it
    /// None: not measured.
    std::optional<double> (*value)(const SparsityPoint& point, const SparsityPoint& dense) = nullptr;
};
const Catalog<BudgetKind>& budgetKinds();

using Budgets = std::map<std::string, double>; ///< id of a kind -> at most this
/// Whether a figure with @p property is limited: limits(budgets, &BudgetKind::runs).
bool limits(const Budgets& budgets, bool BudgetKind::*property);
/// From a request's fields. Errors name the field: no budget at all, one that is not a number or not positive (points lost may be 0).
Result<Budgets> budgetsFromJson(const Json& json);

enum class BudgetState { Met, MetWithinNoise, MissedWithinNoise, Missed, Unknown };
std::string_view budgetStateName(BudgetState state);

struct BudgetCheck {
    std::string kind;
    double limit = 0;
    double value = 0;
    BudgetState state = BudgetState::Unknown;
};

struct RecipeCandidate {
    enum class State { Predicted, Measured, Failed };
    std::vector<RecipeStep> steps; ///< the last is "package"
    State state = State::Measured;
    bool trained = false;  ///< whether a node of it trains
    SparsityPoint point;   ///< Predicted: its bytes only
    double noise = 0;      ///< half the 95 % interval of the points lost
    std::vector<BudgetCheck> checks;
    double seconds = 0;    ///< that trying it took
    std::string reason;    ///< Failed: why, English
    bool confirmed = false; ///< its nodes were run, and package and accuracy are theirs

    [[nodiscard]] bool meetsAll() const;        ///< within noise or not
    [[nodiscard]] bool meetsAllClearly() const; ///< beyond noise
    [[nodiscard]] double pointsLost(const SparsityPoint& dense) const { return 100 * (dense.accuracy - point.accuracy); }
};

struct RecipeReport {
    enum class Why { None, MostAccurate, Smallest, Nearest, NotMeasured };
    std::string node;        ///< whose checkpoint was made small
    std::string fingerprint; ///< of that checkpoint
    std::string time;        ///< when it was asked for: UTC, ISO 8601
    std::string precision;
    std::string device;      ///< that measured time and memory; empty: this computer
    Budgets budgets;
    SparsityPoint dense;     ///< the same without pruning
    std::vector<RecipeCandidate> candidates; ///< in the order tried; the dense model first
    int recommended = -1;    ///< of candidates
    Why why = Why::None;     ///< MostAccurate, Smallest: of those that meet the budgets; Nearest: none does; NotMeasured: nothing else speaks against it
    std::vector<std::string> impossible; ///< budgets that no candidate met, even alone
    bool complete = false;   ///< it was not cancelled
};

/// @p candidate against @p budgets.
std::vector<BudgetCheck> checkBudgets(const RecipeCandidate& candidate, const Budgets& budgets, const SparsityPoint& dense);
/// Sets what is recommended, why, and what is impossible. Failed and predicted candidates are not recommended.
/// Where the size is limited the most accurate that meets all budgets, else the smallest; where none does, the one that misses by least.
void recommend(RecipeReport& report);

/// For each candidate whether no other measured one is smaller and as accurate, or more accurate and as small. Of those not measured: false.
std::vector<bool> frontier(const RecipeReport& report);

Json toJson(const RecipeCandidate& candidate);
Json toJson(const RecipeReport& report);
Result<RecipeCandidate> recipeCandidateFromJson(const Json& json);
Result<RecipeReport> recipeReportFromJson(const Json& json);

} // namespace espalier
