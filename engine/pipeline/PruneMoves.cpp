// SPDX-License-Identifier: GPL-3.0-or-later
// The moves that prune: at once, with the sparsity that the size asks for, which the sparsity profile knows without a measurement; and with training, for
// the choices that lost least.
#include "engine/graph/NodeCatalog.h"
#include "engine/graph/PruningParameters.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/PruneSteps.h"
#include "engine/pipeline/RecipeMove.h"

#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

constexpr double oneShotMargin = 0.003; ///< of the size: profiles are exact but for entropy coding
constexpr double trainedMargin = 0.03;  ///< training makes the codes that are kept less alike
constexpr double firstSparsity = 0.7;   ///< where nothing but the accuracy is limited
constexpr std::size_t followedUp = 3;   ///< choices whose largest sparsity is then looked for
constexpr double close = 0.02;
constexpr double noticed = 0.97; ///< of a time, or of memory: what is above may be noise
constexpr double greatest = 0.99;

using Choice = Parameters; ///< score, method, embeddings

/// LAMP over everything lost least when recoveries were measured on CLINC150, even where one-shot figures say little.
const Choice proven{{"score", "lamp"}, {"method", "global"}, {"embeddings", "pooled"}};

std::vector<Choice> choices()
{
    std::vector<Choice> all;
    for (const ParameterChoice& score : nodeCatalog().find("prune")->parameter("score")->choices)
        for (const auto& [method, embeddings] : {std::pair{"global", "pooled"}, std::pair{"global", "own"}, std::pair{"layerwise", "own"}, std::pair{"global", "none"}})
            if (score.value != "random")
                all.push_back({{"score", score.value}, {"method", method}, {"embeddings", embeddings}});
    return all;
}

RecipeStep stepOf(Parameters parameters, double sparsity)
{
    parameters["sparsity"] = std::round(sparsity * 1000) / 1000;
    return pruneStep(parameters);
}

RecipeStep oneShot(Parameters choice, double sparsity)
{
    choice["recovery"] = "none";
    return stepOf(std::move(choice), sparsity);
}

double sparsityOf(const RecipeStep& step)
{
    return choiceOf(step).at("sparsity").get<double>();
}

struct Tried {
    const RecipeCandidate* candidate;
    double sparsity;
};

/// Measured candidates of one Prune node with @p parameters on @p ground, whatever its sparsity.
std::vector<Tried> triedWith(const RecipeReport& report, const RecipeGround& ground, const Parameters& parameters)
{
    std::vector<Tried> tried;
    for (const RecipeCandidate& candidate : report.candidates) {
        const RecipeStep* pruning = ground.pruningOf(candidate);
        const double sparsity = pruning ? sparsityOf(*pruning) : 0;
        if (candidate.state == RecipeCandidate::State::Measured && sparsity > 0 && *pruning == stepOf(parameters, sparsity))
            tried.push_back({&candidate, sparsity});
    }
    return tried;
}

std::vector<Tried> triedWith(const RecipeState& state, const Parameters& parameters)
{
    return triedWith(state.report, *state.ground, parameters);
}

bool isTried(const RecipeState& state, const RecipeStep& step)
{
    return std::any_of(state.report.candidates.begin(), state.report.candidates.end(), [&](const RecipeCandidate& candidate) {
        const RecipeStep* pruning = state.ground->pruningOf(candidate);
        return pruning && *pruning == step;
    });
}

const BudgetCheck* checkOf(const RecipeCandidate& candidate, const std::string& kind)
{
    const auto found = std::find_if(candidate.checks.begin(), candidate.checks.end(), [&](const BudgetCheck& check) { return check.kind == kind; });
    return found == candidate.checks.end() ? nullptr : &*found;
}

/// Whether a budget that pruning more would help is missed.
bool tooLarge(const RecipeCandidate& candidate)
{
    return std::any_of(candidate.checks.begin(), candidate.checks.end(),
                       [](const BudgetCheck& check) { return check.state == BudgetState::Missed && budgetKinds().find(check.kind)->shrinks; });
}

/// The profile of @p choice, made once. None: this model cannot be pruned so, which is said.
Result<const SparsityProfile*> profileOf(RecipeState& state, const Choice& choice)
{
    const std::string key = dumpJson(choice);
    auto& profiles = state.ground->profiles;
    if (const auto known = profiles.find(key); known != profiles.end())
        return known->second.steps.empty() ? nullptr : &known->second;
    SparsityProfile& profile = profiles[key];
    ESPALIER_TRY(PruneOptions options, pruneOptions(choiceOf(oneShot(choice, 0))));
    auto made = state.ground->lab.profile(std::move(options), state.report.precision, state.context);
    if (!made && (made.error().code == ErrorCode::Cancelled || made.error().code == ErrorCode::Internal))
        return made.error();
    if (!made) {
        state.context.warn(made.error().message());
        return nullptr;
    }
    profile = std::move(*made);
    return &profile;
}

double sparsityAt(const SparsityProfile& profile, std::size_t step)
{
    return static_cast<double>(step) / static_cast<double>(profile.steps.size());
}

/// The least sparsity whose package has at most @p bytes; the greatest where none has.
std::size_t stepFor(const SparsityProfile& profile, double bytes)
{
    for (std::size_t step = 0; step < profile.steps.size(); ++step)
        if (static_cast<double>(profile.steps[step].estimatedBytes) <= bytes)
            return step;
    return profile.steps.size() - 1;
}

/// Whether pruning more brought what is missed nearer: zeros in a package are not always less to compute or to hold.
bool helps(const std::vector<Tried>& tried)
{
    if (tried.size() < 2)
        return true;
    const auto& [before, less] = tried[tried.size() - 2];
    const auto& [after, more] = tried.back();
    return std::any_of(after->checks.begin(), after->checks.end(), [&before = before](const BudgetCheck& check) {
        return check.state == BudgetState::Missed && budgetKinds().find(check.kind)->shrinks && check.value < noticed * checkOf(*before, check.kind)->value;
    });
}

std::size_t stepAt(const SparsityProfile& profile, double sparsity)
{
    const auto step = static_cast<std::size_t>(std::lround(sparsity * static_cast<double>(profile.steps.size())));
    return std::min(step, profile.steps.size() - 1);
}

/// The next sparsity after @p tried was too large: where the profile, which said of @p tried as much too little or too much, promises the size; half of what is left
/// where another budget is missed.
double nextSparsity(const SparsityProfile& profile, const Tried& tried)
{
    const BudgetCheck* size = checkOf(*tried.candidate, "max_bytes");
    if (!size || size->state != BudgetState::Missed)
        return tried.sparsity + std::max(0.01, (1 - tried.sparsity) / 2);
    const std::size_t step = stepAt(profile, tried.sparsity);
    const double promised = static_cast<double>(profile.steps[step].estimatedBytes) * size->limit / size->value;
    return sparsityAt(profile, std::max(step + 1, stepFor(profile, promised)));
}

/// What a size budget asks of @p choice: its first sparsity, and where that was still too large, the next.
std::optional<RecipeProposal> fitted(const RecipeState& state, const Parameters& parameters, const SparsityProfile& profile, double margin)
{
    const auto bytes = state.budget("max_bytes");
    double sparsity = bytes ? std::min(greatest, sparsityAt(profile, stepFor(profile, *bytes * (1 - margin)))) : 0.5;
    const std::vector<Tried> all = triedWith(state, parameters);
    if (!helps(all))
        return std::nullopt;
    for (const Tried& tried : all) {
        if (!tooLarge(*tried.candidate))
            return std::nullopt;
        sparsity = std::max(sparsity, nextSparsity(profile, tried));
    }
    if (sparsity > greatest)
        return std::nullopt;
    const std::int64_t estimate = profile.steps[stepAt(profile, sparsity)].estimatedBytes;
    RecipeProposal proposal{{stepOf(parameters, sparsity)}};
    if (bytes && static_cast<double>(estimate) > *bytes * 1.02)
        proposal.predictedBytes = estimate;
    return proposal;
}

/// Where only the accuracy is limited: halves what lies between the greatest sparsity that keeps it, at least @p low, and the least that does not.
std::optional<double> between(const std::vector<Tried>& tried, double low)
{
    double high = greatest;
    for (const auto& [candidate, sparsity] : tried) {
        if (candidate->meetsAll())
            low = std::max(low, sparsity);
        else
            high = std::min(high, sparsity);
    }
    return high - low > close ? std::optional(std::round((low + high) * 50) / 100) : std::nullopt;
}

/// The least sparsity at which @p profile promises less than the smallest candidate that meets every budget.
double beyondBest(const RecipeState& state, const SparsityProfile& profile)
{
    double smallest = static_cast<double>(state.report.dense.packageBytes);
    for (const RecipeCandidate& candidate : state.report.candidates)
        if (candidate.state == RecipeCandidate::State::Measured && candidate.meetsAll())
            smallest = std::min(smallest, static_cast<double>(candidate.point.packageBytes));
    return sparsityAt(profile, stepFor(profile, smallest));
}

/// Choices by what one-shot pruning of @p ground left of the accuracy, the best first.
std::vector<Choice> ranked(const RecipeReport& report, const RecipeGround& ground)
{
    std::vector<std::pair<double, Choice>> order;
    for (const Choice& choice : choices()) {
        Parameters parameters = choice;
        parameters["recovery"] = "none";
        const auto tried = triedWith(report, ground, parameters);
        if (!tried.empty())
            order.emplace_back(tried.front().candidate->point.accuracy, choice);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Choice> best;
    for (auto& [accuracy, choice] : order)
        best.push_back(std::move(choice));
    return best;
}

/// All of them for the checkpoint as it is; for another ground those that were best there.
std::vector<Choice> choicesFor(const RecipeState& state)
{
    std::vector<Choice> best = ranked(state.report, *state.first);
    if (state.ground == state.first || best.empty())
        return choices();
    best.resize(std::min(followedUp, best.size()));
    return best;
}

Result<std::vector<RecipeProposal>> fittedOneShots(RecipeState& state)
{
    std::vector<RecipeProposal> proposals;
    for (const Choice& choice : choicesFor(state)) {
        ESPALIER_TRY(const SparsityProfile* profile, profileOf(state, choice));
        Parameters parameters = choice;
        parameters["recovery"] = "none";
        if (const auto proposal = profile ? fitted(state, parameters, *profile, oneShotMargin) : std::nullopt)
            proposals.push_back(*proposal);
    }
    return proposals;
}

/// A choice and how it is trained: the cheap one first, then what lost least when it was measured.
std::vector<Parameters> ladder(const RecipeState& state)
{
    std::vector<Choice> best = ranked(state.report, *state.ground);
    if (best.empty())
        return {};
    const auto with = [](Choice choice, std::initializer_list<std::pair<const char*, Json>> recovery) {
        for (const auto& [id, value] : recovery)
            choice[id] = value;
        return choice;
    };
    std::vector<Parameters> rungs{with(best.front(), {{"recovery", "distill"}}), with(best.front(), {{"recovery", "gradual"}}), with(proven, {{"recovery", "gradual"}})};
    for (std::size_t i = 1; i < std::min<std::size_t>(followedUp, best.size()); ++i)
        rungs.push_back(with(best[i], {{"recovery", "gradual"}}));
    rungs.push_back(with(proven, {{"recovery", "gradual"}, {"epochs", 20}, {"learning_rate", 6e-3}}));
    return rungs;
}

} // namespace

Result<std::vector<RecipeProposal>> moves::pruneOneShot(RecipeState& state)
{
    if (state.sizeLimited())
        return fittedOneShots(state);
    std::vector<RecipeProposal> first;
    for (const Choice& choice : choicesFor(state))
        first.push_back({{oneShot(choice, firstSparsity)}});
    const std::vector<Choice> best = ranked(state.report, *state.ground);
    if (best.empty())
        return first;
    std::vector<RecipeProposal> next;
    for (std::size_t i = 0; i < std::min(followedUp, best.size()); ++i) {
        Parameters parameters = best[i];
        parameters["recovery"] = "none";
        ESPALIER_TRY(const SparsityProfile* profile, profileOf(state, best[i]));
        if (const auto sparsity = profile ? between(triedWith(state, parameters), beyondBest(state, *profile)) : std::nullopt)
            next.push_back({{stepOf(parameters, *sparsity)}});
    }
    return next;
}

Result<std::vector<RecipeProposal>> moves::pruneAndRecover(RecipeState& state)
{
    const auto& tried = state.report.candidates;
    const bool enough = state.sizeLimited() && std::any_of(tried.begin(), tried.end(), [](const RecipeCandidate& c) { return c.trained && c.meetsAll(); });
    for (const Parameters& rung : enough ? std::vector<Parameters>() : ladder(state)) {
        ESPALIER_TRY(const SparsityProfile* profile, profileOf(state, {{"score", rung.at("score")}, {"method", rung.at("method")}, {"embeddings", rung.at("embeddings")}}));
        if (!profile)
            continue;
        if (state.sizeLimited()) {
            const auto proposal = fitted(state, rung, *profile, trainedMargin);
            if (proposal && proposal->predictedBytes == 0 && !isTried(state, proposal->steps.front()))
                return std::vector{*proposal};
            continue;
        }
        const auto sparsity = rung.at("recovery") == "gradual" ? between(triedWith(state, rung), beyondBest(state, *profile)) : std::nullopt;
        if (sparsity && !isTried(state, stepOf(rung, *sparsity)))
            return std::vector<RecipeProposal>{{{stepOf(rung, *sparsity)}}};
    }
    return std::vector<RecipeProposal>();
}

} // namespace espalier
