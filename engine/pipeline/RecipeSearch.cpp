// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/RecipeSearch.h"

#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/CompressionRecords.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/pipeline/PruneSteps.h"
#include "engine/pipeline/RecipeMove.h"
#include "engine/pipeline/RecipeRecords.h"
#include "engine/pipeline/RecipeTrial.h"

#include <algorithm>
#include <chrono>
#include <ctime>

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

class Search {
public:
    Search(Pipeline& pipeline, CompressionLab& lab, const RecipeRequest& request, const RecipeEvents& events, RunContext& context)
        : m_pipeline(pipeline), m_lab(lab), m_records(pipeline.folder(), lab.fingerprint()), m_request(request), m_events(events),
          m_context{.stop = context.stop, .seed = context.seed, .onProgress = [this](const Progress& progress) { forward(progress); }, .onLog = context.onLog},
          m_state{lab, m_report, request.trainings, m_context}
    {
    }

    Result<RecipeReport> operator()(const std::string& node)
    {
        m_report.node = node;
        m_report.fingerprint = m_lab.fingerprint();
        m_report.time = utcNow();
        m_report.precision = m_request.precision;
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

    Result<void> takeMoves()
    {
        for (const RecipeMove& move : recipeMoves().members()) {
            while (!reached()) {
                if (move.trains && m_state.trainingsLeft <= 0)
                    break;
                ESPALIER_TRY(auto proposals, move.propose(m_state));
                std::erase_if(proposals, [&](const RecipeProposal& proposal) { return isTried(withPackage(proposal.steps)); });
                if (proposals.empty())
                    break;
                for (std::size_t i = 0; i < proposals.size() && !reached(); ++i) {
                    m_waiting = static_cast<std::int64_t>(proposals.size() - i);
                    ESPALIER_CHECK(attempt(proposals[i]));
                }
                m_waiting = 0;
            }
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

    /// Puts a candidate into the report, whatever comes of it. Error: Cancelled, or one of the machine.
    Result<void> attempt(const RecipeProposal& proposal)
    {
        RecipeCandidate one;
        one.steps = withPackage(proposal.steps);
        one.trained = trains(one.steps);
        if (proposal.predictedBytes > 0) {
            one.state = State::Predicted;
            one.point.packageBytes = proposal.predictedBytes;
            return add(std::move(one));
        }
        m_state.trainingsLeft -= one.trained ? 1 : 0;
        if (one.trained)
            m_context.progress({"Training a candidate", 0, 0});
        else
            m_context.progress({"Measuring a candidate", 0, 0});
        const auto begin = Clock::now();
        const auto made = isOneShot(one.steps) ? measure(one) : run(one);
        one.seconds = secondsSince(begin);
        if (!made && (made.error().code == ErrorCode::Cancelled || made.error().code == ErrorCode::Internal))
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

    Result<void> measure(RecipeCandidate& one)
    {
        const Parameters choice = choiceOf(one.steps.front());
        ESPALIER_TRY(Measurement made, measureOnce(m_lab, m_records, choice, m_request.precision, m_context));
        if (m_request.budgets.contains("max_milliseconds"))
            ESPALIER_CHECK(addCost(m_lab, m_records, made.measured, m_context));
        one.point = std::move(made.measured.point);
        if (!m_request.budgets.contains("max_points_lost"))
            return {};
        ESPALIER_TRY(PruneOptions options, pruneOptions(choice));
        ESPALIER_TRY(std::vector<bool> right, m_lab.rightAnswers(std::move(options), m_request.precision, m_context));
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
        if (!made && (made.error().code == ErrorCode::Cancelled || made.error().code == ErrorCode::Internal))
            return made.error();
        if (!made) {
            one.state = State::Failed;
            one.reason = made.error().message();
        }
        one.checks = checkBudgets(one, m_report.budgets, m_report.dense);
        announce();
        return {};
    }

    [[nodiscard]] double meanSeconds(bool trained) const
    {
        double sum = 0;
        int count = 0;
        for (const RecipeCandidate& one : m_report.candidates)
            if (one.state == State::Measured && one.trained == trained) {
                sum += one.seconds;
                ++count;
            }
        return count > 0 ? sum / count : 0;
    }

    void forward(const Progress& progress)
    {
        if (!m_events.onProgress)
            return;
        const auto done = static_cast<std::int64_t>(m_report.candidates.size());
        const std::int64_t trainings = std::max(0, m_state.trainingsLeft);
        std::optional<double> left;
        const double trained = meanSeconds(true);
        if (trainings == 0 || trained > 0)
            left = static_cast<double>(m_waiting) * meanSeconds(false) + static_cast<double>(trainings) * trained;
        m_events.onProgress({progress.activity, done, done + m_waiting + trainings, "candidates"}, left);
    }

    Pipeline& m_pipeline;
    CompressionLab& m_lab;
    const CompressionRecords m_records;
    const RecipeRequest& m_request;
    const RecipeEvents& m_events;
    RecipeReport m_report;
    RunContext m_context; ///< of what is tried: its progress is part of ours
    RecipeState m_state;
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
    ESPALIER_TRY(CompressionLab lab, CompressionLab::open(pipeline, node, context));
    ESPALIER_TRY(RecipeReport report, Search(pipeline, lab, request, events, context)(node));
    if (const auto kept = keepRecipe(pipeline.folder(), report); !kept)
        context.warn("The search could not be kept: " + kept.error().message());
    return report;
}

} // namespace espalier
