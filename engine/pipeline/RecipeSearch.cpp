// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RecipeSearch.h"

#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/PruneSteps.h"
#include "engine/pipeline/RecipeMove.h"
#include "engine/pipeline/RecipeRecords.h"
#include "engine/pipeline/RecipeTrial.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>
#include <set>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;
using State = RecipeCandidate::State;
constexpr int mostRounds = 4; ///< of confirming: after each the moves may propose once more

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string utcNow()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

/// What an attempt takes.
class MeanSeconds {
public:
    void add(double seconds)
    {
        m_sum += seconds;
        ++m_count;
    }
    [[nodiscard]] double value() const { return m_count > 0 ? m_sum / m_count : 0; }

private:
    double m_sum = 0;
    int m_count = 0;
};

/// What ends the search, not only an attempt.
bool isFatal(const Error& error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Internal;
}

class Search {
public:
    Search(Pipeline& pipeline, RecipeGround first, const RecipeRequest& request, const RecipeEvents& events, RunContext& context)
        : m_pipeline(pipeline), m_request(request), m_events(events),
          m_context{.stop = context.stop, .seed = context.seed, .onProgress = [this](const Progress& progress) { forward(progress); }, .onLog = context.onLog},
          m_state{m_report, nullptr, nullptr, request.trainings, m_context}
    {
        m_grounds.push_back(std::make_unique<RecipeGround>(std::move(first)));
        m_state.ground = m_grounds.front().get();
        m_state.first = m_state.ground;
    }

    Result<RecipeReport> operator()(const std::string& node)
    {
        m_report.node = node;
        m_report.fingerprint = m_state.first->lab.fingerprint();
        m_report.time = utcNow();
        m_report.precision = m_request.precision;
        m_report.device = isThisComputer(m_pipeline.meter()->device()) ? std::string() : m_pipeline.meter()->device().name;
        m_report.budgets = m_request.budgets;
        ESPALIER_CHECK(tryDense());
        const auto done = searchAndConfirm();
        if (!done && done.error().code != ErrorCode::Cancelled)
            return done.error();
        m_report.complete = done.ok();
        recommend(m_report);
        return std::move(m_report);
    }

private:
    Result<void> searchAndConfirm()
    {
        for (int round = 0; round < mostRounds; ++round) {
            ESPALIER_CHECK(takeMoves());
            recommend(m_report);
            if (m_report.recommended < 0 || candidate(m_report.recommended).confirmed)
                return {};
            ESPALIER_CHECK(confirm(m_report.recommended));
        }
        return {};
    }

    [[nodiscard]] RecipeCandidate& candidate(int index) { return m_report.candidates[static_cast<std::size_t>(index)]; }

    Result<void> tryDense()
    {
        ESPALIER_CHECK(attempt({{pruneStep({{"sparsity", 0.0}, {"recovery", "none"}})}}));
        const RecipeCandidate& dense = m_report.candidates.front();
        return dense.state == State::Failed ? Result<void>(Error{ErrorCode::InvalidArgument, "The model as it is cannot be measured: " + dense.reason, {}, {}}) : Result<void>();
    }

    /// What needs no training first.
    Result<void> takeMoves()
    {
        for (const bool training : {false, true}) {
            ESPALIER_CHECK(layGrounds(training));
            for (const RecipeMove& move : recipeMoves().members())
                for (RecipeGround* ground : training || !move.trains ? mostPromisingFirst() : std::vector<RecipeGround*>()) {
                    m_state.ground = ground;
                    ESPALIER_CHECK(take(move));
                }
        }
        return {};
    }

    Result<void> layGrounds(bool training)
    {
        for (const RecipeGroundKind& kind : recipeGroundKinds().members()) {
            if (kind.trains != training || reached() || !m_laid.insert(kind.id).second)
                continue;
            ESPALIER_TRY(auto proposals, kind.propose(m_state.first->lab, m_report.budgets, m_context));
            for (auto& steps : proposals)
                if (!training || m_state.trainingsLeft > 0)
                    ESPALIER_CHECK(lay(std::move(steps)));
        }
        return {};
    }

    /// Another ground, with nothing pruned on it. One that cannot be made is a candidate that failed.
    Result<void> lay(std::vector<RecipeStep> steps)
    {
        m_state.trainingsLeft -= trains(steps) ? 1 : 0;
        m_context.progress({"Preparing another model", 0, 0});
        auto ground = RecipeGround::open(m_pipeline, m_report.node, steps, m_context);
        if (!ground && isFatal(ground.error()))
            return ground.error();
        if (!ground) {
            RecipeCandidate one;
            one.steps = withPackage(steps);
            one.trained = trains(steps);
            one.state = State::Failed;
            one.reason = ground.error().message();
            return add(std::move(one));
        }
        m_grounds.push_back(std::make_unique<RecipeGround>(std::move(*ground)));
        m_state.ground = m_grounds.back().get();
        return attempt({});
    }

    /// All grounds; that of the best candidate so far before the others.
    [[nodiscard]] std::vector<RecipeGround*> mostPromisingFirst() const
    {
        std::vector<RecipeGround*> grounds;
        for (const auto& ground : m_grounds)
            grounds.push_back(ground.get());
        if (m_report.recommended >= 0) // the first ground, of no steps, carries every candidate
            std::stable_partition(grounds.begin(), grounds.end(), [&](const RecipeGround* ground) {
                return !ground->steps.empty() && ground->carries(m_report.candidates[static_cast<std::size_t>(m_report.recommended)]);
            });
        return grounds;
    }

    Result<void> take(const RecipeMove& move)
    {
        while (!reached()) {
            if (move.trains && m_state.trainingsLeft <= 0)
                break;
            ESPALIER_TRY(auto proposals, move.propose(m_state));
            std::erase_if(proposals, [&](const RecipeProposal& proposal) { return isTried(whole(proposal)); });
            if (proposals.empty())
                break;
            for (std::size_t i = 0; i < proposals.size() && !reached(); ++i) {
                m_waiting = static_cast<std::int64_t>(proposals.size() - i);
                ESPALIER_CHECK(attempt(proposals[i]));
            }
            m_waiting = 0;
        }
        return {};
    }

    /// Whether to look no further: beyond noise within budgets. Where no size is limited the smallest is looked for.
    [[nodiscard]] bool reached() const
    {
        return m_state.sizeLimited() && std::any_of(m_report.candidates.begin(), m_report.candidates.end(), [](const RecipeCandidate& one) {
            return one.state == State::Measured && one.meetsAllClearly();
        });
    }

    [[nodiscard]] bool isTried(const std::vector<RecipeStep>& steps) const
    {
        return std::any_of(m_report.candidates.begin(), m_report.candidates.end(), [&](const RecipeCandidate& one) { return one.steps == steps; });
    }

    [[nodiscard]] std::vector<RecipeStep> withPackage(std::vector<RecipeStep> steps) const
    {
        steps.push_back({"package", {{"precision", m_request.precision}}});
        return steps;
    }

    [[nodiscard]] std::vector<RecipeStep> whole(const RecipeProposal& proposal) const
    {
        std::vector<RecipeStep> steps = m_state.ground->steps;
        steps.insert(steps.end(), proposal.steps.begin(), proposal.steps.end());
        return withPackage(std::move(steps));
    }

    /// Puts a candidate into the report, whatever comes of it. Error: Cancelled, or one of the machine.
    Result<void> attempt(const RecipeProposal& proposal)
    {
        RecipeCandidate one;
        one.steps = whole(proposal);
        one.trained = trains(one.steps);
        if (proposal.predictedBytes > 0) {
            one.state = State::Predicted;
            one.point.packageBytes = proposal.predictedBytes;
            return add(std::move(one));
        }
        const bool training = trains(proposal.steps);
        m_state.trainingsLeft -= training ? 1 : 0;
        if (training)
            m_context.progress({"Training a candidate", 0, 0});
        else
            m_context.progress({"Measuring a candidate", 0, 0});
        const auto begin = Clock::now();
        const auto made = isOneShot(proposal.steps) ? measure(one, proposal.steps.front()) : run(one);
        one.seconds = secondsSince(begin);
        (training ? m_trainingSeconds : m_measuringSeconds).add(one.seconds);
        if (!made && isFatal(made.error()))
            return made.error();
        if (!made) {
            one.state = State::Failed;
            one.reason = made.error().message();
        }
        return add(std::move(one));
    }

    Result<void> add(RecipeCandidate one)
    {
        if (m_report.candidates.empty())
            m_report.dense = one.point;
        one.checks = checkBudgets(one, m_report.budgets, m_report.dense);
        m_report.candidates.push_back(std::move(one));
        announce();
        return {};
    }

    void announce()
    {
        recommend(m_report);
        if (m_events.onCandidate)
            m_events.onCandidate(m_report);
    }

    Result<void> measure(RecipeCandidate& one, const RecipeStep& pruning)
    {
        auto& [steps, lab, records, profiles] = *m_state.ground;
        const Parameters choice = choiceOf(pruning);
        ESPALIER_TRY(Measurement made, measureOnce(lab, records, choice, m_request.precision, m_context));
        if (limits(m_request.budgets, &BudgetKind::runs))
            ESPALIER_CHECK(addCost(lab, records, made.measured, m_context));
        one.point = std::move(made.measured.point);
        if (!m_request.budgets.contains("max_points_lost"))
            return {};
        ESPALIER_TRY(PruneOptions options, pruneOptions(choice));
        ESPALIER_TRY(std::vector<bool> right, lab.rightAnswers(std::move(options), m_request.precision, m_context));
        return judge(one, right);
    }

    Result<void> run(RecipeCandidate& one)
    {
        ESPALIER_TRY(TrialOutcome outcome, runRecipe(m_pipeline, m_report.node, one.steps, m_context));
        one.point = std::move(outcome.point);
        one.confirmed = true;
        return judge(one, outcome.right);
    }

    Result<void> judge(RecipeCandidate& one, const std::vector<bool>& right)
    {
        if (m_report.candidates.empty())
            m_denseRight = right;
        else
            one.noise = noiseOfLoss(m_denseRight, right, m_report.dense, one.point);
        return {};
    }

    /// Runs the nodes of a candidate that only the lab has measured: what they give counts.
    Result<void> confirm(int index)
    {
        RecipeCandidate& one = candidate(index);
        m_context.progress({"Running the recommended nodes", 0, 0});
        const auto begin = Clock::now();
        const auto made = run(one);
        one.seconds += secondsSince(begin);
        if (!made && isFatal(made.error()))
            return made.error();
        if (!made) {
            one.state = State::Failed;
            one.reason = made.error().message();
        }
        one.checks = checkBudgets(one, m_report.budgets, m_report.dense);
        announce();
        return {};
    }

    void forward(const Progress& progress)
    {
        if (!m_events.onProgress)
            return;
        const auto done = static_cast<std::int64_t>(m_report.candidates.size());
        const std::int64_t trainings = std::max(0, m_state.trainingsLeft);
        std::optional<double> left;
        const double training = m_trainingSeconds.value();
        if (trainings == 0 || training > 0)
            left = static_cast<double>(m_waiting) * m_measuringSeconds.value() + static_cast<double>(trainings) * training;
        m_events.onProgress({progress.activity, done, done + m_waiting + trainings, "candidates"}, left);
    }

    Pipeline& m_pipeline;
    const RecipeRequest& m_request;
    const RecipeEvents& m_events;
    RecipeReport m_report;
    RunContext m_context; ///< of what is tried: its progress is part of ours
    RecipeState m_state;
    std::vector<std::unique_ptr<RecipeGround>> m_grounds; ///< the first is the checkpoint as it is
    std::set<std::string> m_laid;                         ///< kinds of grounds that were tried
    MeanSeconds m_trainingSeconds;
    MeanSeconds m_measuringSeconds;
    std::vector<bool> m_denseRight;
    std::int64_t m_waiting = 0; ///< proposals that were not tried yet
};

} // namespace

Result<RecipeRequest> recipeRequestFromJson(const Json& json)
{
    RecipeRequest request;
    ESPALIER_TRY(request.budgets, budgetsFromJson(json));
    ESPALIER_TRY(const Fields fields, Fields::of(json, "params"));
    ESPALIER_TRY(request.precision, fields.textOr("precision", request.precision));
    ESPALIER_CHECK(checkParameter(*nodeCatalog().find("package")->parameter("precision"), request.precision));
    ESPALIER_TRY(const std::int64_t trainings, fields.integerOr("trainings", request.trainings));
    if (trainings < 0 || trainings > 100)
        return Error{ErrorCode::InvalidArgument, "'trainings' is " + std::to_string(trainings) + "; it must be a whole number from 0 to 100.", {}, {}};
    request.trainings = static_cast<int>(trainings);
    return request;
}

Result<RecipeReport> searchRecipe(Pipeline& pipeline, const std::string& node, const RecipeRequest& request, const RecipeEvents& events, RunContext& context)
{
    ESPALIER_TRY(RecipeGround first, RecipeGround::open(pipeline, node, {}, context));
    // A device that does not answer is found out before hours of training, not after.
    if (limits(request.budgets, &BudgetKind::runs) && !isThisComputer(pipeline.meter()->device()))
        ESPALIER_CHECK(first.lab.cost({.sparsity = 0, .allowEmptied = true}, request.precision, context));
    ESPALIER_TRY(RecipeReport report, Search(pipeline, std::move(first), request, events, context)(node));
    if (const auto kept = keepRecipe(pipeline.folder(), report); !kept)
        context.warn("The search could not be kept: " + kept.error().message());
    return report;
}

} // namespace espalier
