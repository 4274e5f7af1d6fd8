// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/TrainingLoop.h"

#include "engine/core/Random.h"
#include "engine/evaluation/Prediction.h"
#include "engine/evaluation/TaskScores.h"
#include "engine/models/TorchGuard.h"
#include "engine/training/Learner.h"
#include "engine/training/MaskSchedule.h"
#include "engine/training/MovementMeter.h"
#include "engine/training/RoundedWeights.h"
#include "engine/training/TrainingObjective.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto reportInterval = std::chrono::milliseconds(50);
constexpr double savingShare = 0.02; ///< of the time may go into saving the state

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Over the classes, the labels or the types of entities.
double macroF1(const Predictions& predictions, const TrainingTask& task)
{
    const EncodedExamples& truth = task.validation;
    if (task.model.task == Task::SingleLabel)
        return evaluatePredictions("validation", task.labels, truth.classes, predictions.classes).macroF1;
    if (task.model.task == Task::MultiLabel)
        return labelScores(predictions, truth, task.labels, bestThreshold(predictions, truth, task.labels.size())).macroF1;
    const auto types = entityScores(predictions, truth, task.labels).types;
    double sum = 0;
    for (const ClassScore& type : types)
        sum += type.f1;
    return types.empty() ? 0 : sum / static_cast<double>(types.size());
}

class TrainingLoop {
public:
    TrainingLoop(const TrainingTask& task, RunContext& context) : m_task(task), m_context(context), m_random(context.seed) {}

    Result<TrainedWeights> run()
    {
        ESPALIER_CHECK(begin());
        while (!finished()) {
            Result<void> done = trainEpoch();
            if (done)
                done = closeEpoch();
            if (!done) {
                if (done.error().code == ErrorCode::Cancelled)
                    save();
                return done.error();
            }
        }
        m_state.history.stoppedEarly = epochsDone() < m_task.options.epochs;
        m_state.history.finishedOnRequest = m_finishing;
        const RoundedWeights rounded(m_learner->model(), m_task.rounding);
        return TrainedWeights{std::move(m_state.bestWeights), weightsOf(m_learner->model()), std::move(m_state.masks), std::move(m_state.history)};
    }

private:
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_state.history.epochs.size()); }
    [[nodiscard]] bool finished() const
    {
        const int patience = m_task.options.patience;
        return m_finishing || epochsDone() >= m_task.options.epochs ||
               (patience > 0 && epochsDone() - std::max(m_state.history.bestEpoch, maskedEpochs()) >= patience);
    }
    /// Those over which masks change.
    [[nodiscard]] int maskedEpochs() const { return m_task.hooks.masks != nullptr ? m_task.hooks.masks->epochs() : 0; }

    Result<void> begin();
    Result<bool> resume();
    Result<void> trainEpoch();
    Result<void> obey();
    Result<void> trainStep(const Batches& batches);
    [[nodiscard]] StepRates ratesAt(double epochs) const;
    Result<void> updateMasksIfDue(std::int64_t before);
    Result<void> updateMasks(double done);
    Result<void> closeEpoch();
    void keepIfBest();
    void save();
    void sendEpoch(const EpochRecord& record) const;
    void report(const Batches& batches, const BatchLoss& outcome);
    [[nodiscard]] Error notFinite() const;

    const TrainingTask& m_task;
    RunContext& m_context;
    std::unique_ptr<Learner> m_learner;
    std::optional<MovementMeter> m_movement; ///< where the masks' schedule wants it
    TrainingState m_state; ///< weights and moments are filled in only to be saved
    Random m_random;
    bool m_insideEpoch = false; ///< resumed there: the epoch's position holds
    bool m_finishing = false;   ///< as the user asked
    Clock::time_point m_since{}; ///< time before is in the position
    Clock::time_point m_lastSave = Clock::now();
    double m_saveSeconds = 0; ///< how long saving took
    Clock::time_point m_lastReport{};
    double m_lossSinceReport = 0;
    std::int64_t m_batchesSinceReport = 0;
};

Result<void> TrainingLoop::begin()
{
    ESPALIER_TRY(m_learner, Learner::create(m_task, m_context.seed));
    if (m_task.hooks.objective != nullptr)
        ESPALIER_CHECK(m_task.hooks.objective->begin(m_learner->model(), m_context));
    if (m_task.hooks.masks != nullptr && !m_task.hooks.masks->watched().empty())
        m_movement.emplace(m_learner->model(), m_task.hooks.masks->watched());
    ESPALIER_TRY(m_insideEpoch, resume());
    m_state.history.score = scoreName(m_task.model.task);
    return {};
}

/// Takes up the state that an interrupted run left. A state that cannot be read costs the epochs done, not the training.
Result<bool> TrainingLoop::resume()
{
    if (m_task.options.resumeFolder.empty())
        return false;
    auto loaded = loadTrainingState(m_task.options.resumeFolder, m_task.fingerprint);
    if (!loaded) {
        m_context.warn("The saved training state cannot be used, training begins anew: " + loaded.error().message());
        return false;
    }
    if (!loaded->has_value())
        return false;
    m_state = std::move(**loaded);
    ESPALIER_CHECK(setWeights(m_learner->model(), m_state.weights));
    m_learner->optimiser().load(m_state);
    if (!m_state.masks.empty())
        m_learner->optimiser().setMasks(m_state.masks);
    if (m_movement)
        m_movement->load(m_state.memory);
    m_random.setState(m_state.position.random);
    m_context.info("Training goes on after epoch " + std::to_string(epochsDone()) + ", step " + std::to_string(m_state.step) + ", where it was interrupted.");
    for (const auto& record : m_state.history.epochs) {
        m_context.metric({"train_loss", static_cast<double>(record.epoch), record.trainLoss});
        sendEpoch(record);
    }
    return true;
}

Result<void> TrainingLoop::trainEpoch()
{
    m_learner->model().train();
    if (!m_insideEpoch) {
        m_state.position = {};
        m_state.position.random = m_random.state();
    }
    m_insideEpoch = false;
    m_since = Clock::now();
    const Batches batches = shuffledBatches(m_task.train.ids.lengths(), batchLimitOf(m_task.options), m_random);
    while (m_state.position.batches < static_cast<std::int64_t>(batches.size())) {
        ESPALIER_CHECK(obey());
        if (m_finishing)
            return epochsDone() < maskedEpochs() ? updateMasks(1) : Result<void>();
        ESPALIER_CHECK(trainStep(batches));
        if (secondsSince(m_lastSave) >= std::max(m_task.options.saveSeconds, m_saveSeconds / savingShare))
            save();
    }
    return {};
}

/// What the user asked for meanwhile.
Result<void> TrainingLoop::obey()
{
    if (RunControl* control = m_context.control) {
        if (control->paused()) {
            save();
            m_context.info("Training pauses in epoch " + std::to_string(epochsDone() + 1) + "; it goes on from here, also after the engine was ended.");
            control->waitWhilePaused(m_context.stop);
            m_since = Clock::now();
        }
        m_finishing = control->finishing() && (epochsDone() > 0 || m_state.position.batches > 0);
    }
    if (m_context.cancelled())
        return cancelledError();
    return {};
}

/// Gradients of some batches and one step of the optimiser.
Result<void> TrainingLoop::trainStep(const Batches& batches)
{
    const TrainOptions& options = m_task.options;
    EpochPosition& position = m_state.position;
    const std::int64_t before = position.sentences;
    const std::int64_t first = position.batches;
    const std::int64_t last = std::min<std::int64_t>(first + options.accumulation, static_cast<std::int64_t>(batches.size()));
    m_learner->optimiser().clearGradients();
    for (; position.batches < last; ++position.batches) {
        const auto indices = batches[static_cast<std::size_t>(position.batches)];
        Random seeds(m_context.seed ^ (static_cast<std::uint64_t>(epochsDone() + 1) << 40) ^ static_cast<std::uint64_t>(position.batches));
        const BatchLoss outcome = m_learner->learn(indices, seeds.next());
        if (!std::isfinite(outcome.value))
            return notFinite();
        position.loss += outcome.value * static_cast<double>(outcome.decisions);
        position.correct += outcome.correct;
        position.decisions += outcome.decisions;
        position.sentences += static_cast<std::int64_t>(indices.size());
        report(batches, outcome);
    }
    const double inEpoch = static_cast<double>(before + position.sentences) / 2 / static_cast<double>(m_task.train.ids.size());
    const StepRates rates = ratesAt(epochsDone() + inEpoch);
    if (m_movement && epochsDone() < maskedEpochs())
        m_movement->addStep(rates.learningRate, last - first);
    m_learner->optimiser().step(rates, last - first);
    ++m_state.step;
    return updateMasksIfDue(before);
}

/// Once masks no longer change the schedule of the rate begins anew: "learning rate rewinding" (Renda, Frankle and Carbin, ICLR 2020).
StepRates TrainingLoop::ratesAt(double epochs) const
{
    const TrainOptions& options = m_task.options;
    const RateSchedule schedule{options.learningRate, options.schedule, options.warmUp, options.momentum};
    const int masked = maskedEpochs();
    return schedule.at(epochs < masked ? epochs / masked : (epochs - masked) / (options.epochs - masked));
}

/// @p before: sentences of the epoch that were done before the last step.
Result<void> TrainingLoop::updateMasksIfDue(std::int64_t before)
{
    if (epochsDone() >= maskedEpochs())
        return {};
    const std::int64_t perEpoch = m_task.hooks.masks->updatesPerEpoch();
    const auto updates = [&](std::int64_t sentences) { return sentences * perEpoch / static_cast<std::int64_t>(m_task.train.ids.size()); };
    const std::int64_t due = updates(m_state.position.sentences);
    if (due == updates(before))
        return {};
    return updateMasks(static_cast<double>(epochsDone() * perEpoch + due) / static_cast<double>(maskedEpochs() * perEpoch));
}

/// The masks for when the share @p done of the epochs over which they change is over.
Result<void> TrainingLoop::updateMasks(double done)
{
    const Masks& now = m_state.masks.empty() ? m_task.masks : m_state.masks;
    if (m_movement)
        m_movement->save(m_state.memory);
    ESPALIER_TRY(MaskUpdate update, m_task.hooks.masks->masksAt({done, weightsOf(m_learner->model()), now}, m_state.memory, m_context));
    ESPALIER_CHECK(setWeights(m_learner->model(), update.weights));
    m_state.masks = std::move(update.masks);
    m_learner->optimiser().setMasks(m_state.masks);
    if (m_movement)
        m_movement->load(m_state.memory);
    return {};
}

Result<void> TrainingLoop::closeEpoch()
{
    m_state.position.seconds += secondsSince(m_since);
    m_since = Clock::now();
    const RoundedWeights rounded(m_learner->model(), m_task.rounding);
    ESPALIER_TRY(const Predictions predictions, predictWith(m_learner->model(), m_task.validation, m_task.model.classes, m_context));
    if (!std::isfinite(predictions.meanLoss))
        return notFinite();
    const EpochPosition& position = m_state.position;
    const auto seen = static_cast<double>(std::max<std::int64_t>(1, position.decisions));
    m_state.history.epochs.push_back({.epoch = epochsDone() + 1,
                                      .trainLoss = position.loss / seen,
                                      .trainAccuracy = static_cast<double>(position.correct) / seen,
                                      .validationLoss = predictions.meanLoss,
                                      .validationAccuracy = TaskHead::of(m_task.model.task).score(predictions, m_task.validation, m_task.labels),
                                      .seconds = position.seconds + secondsSince(m_since),
                                      .validationMacroF1 = macroF1(predictions, m_task),
                                      .trainSeconds = position.seconds,
                                      .sparsity = maskedEpochs() > 0 ? m_task.hooks.masks->sparsity(m_state.masks) : 0});
    sendEpoch(m_state.history.epochs.back());
    keepIfBest();
    return {};
}

void TrainingLoop::keepIfBest()
{
    auto& history = m_state.history;
    if (epochsDone() < maskedEpochs() && !m_finishing)
        return;
    const auto worth = [&](const EpochRecord& record) {
        const std::string& monitor = m_task.options.monitor;
        const double first = monitor == "loss" ? 0 : monitor == "macro_f1" ? record.validationMacroF1 : record.validationAccuracy;
        return std::pair(first, -record.validationLoss);
    };
    const EpochRecord& now = history.epochs.back();
    if (history.bestEpoch > 0 && worth(now) <= worth(history.epochs[static_cast<std::size_t>(history.bestEpoch) - 1]))
        return;
    history.bestEpoch = now.epoch;
    m_state.bestWeights = weightsOf(m_learner->model());
}

/// A state that cannot be saved (full disk) is worth a warning, not the training.
void TrainingLoop::save()
{
    if (m_task.options.resumeFolder.empty())
        return;
    const auto began = Clock::now();
    m_state.position.seconds += secondsSince(m_since);
    m_since = began;
    m_state.weights = weightsOf(m_learner->model());
    m_learner->optimiser().save(m_state);
    if (m_movement)
        m_movement->save(m_state.memory);
    if (const auto saved = saveTrainingState(m_task.options.resumeFolder, m_task.fingerprint, m_state); !saved)
        m_context.warn("The training state could not be saved; if the training is interrupted now, it cannot be resumed here: " + saved.error().message());
    for (Weights* part : {&m_state.weights, &m_state.firstMoments, &m_state.secondMoments, &m_state.rowSteps})
        part->clear();
    m_lastSave = Clock::now();
    m_saveSeconds = secondsSince(began);
}

void TrainingLoop::sendEpoch(const EpochRecord& record) const
{
    const auto x = static_cast<double>(record.epoch);
    m_context.metric({"train_accuracy", x, record.trainAccuracy});
    m_context.metric({"validation_loss", x, record.validationLoss});
    m_context.metric({"validation_macro_f1", x, record.validationMacroF1});
    m_context.metric({"validation_" + m_state.history.score, x, record.validationAccuracy});
    if (maskedEpochs() > 0)
        m_context.metric({"sparsity", x, record.sparsity});
}

/// Progress and the mean loss since the last report, about 20 times a second and at the end of the epoch.
void TrainingLoop::report(const Batches& batches, const BatchLoss& outcome)
{
    const std::int64_t done = m_state.position.batches + 1;
    const auto perEpoch = static_cast<std::int64_t>(batches.size());
    if (outcome.decisions > 0) {
        m_lossSinceReport += outcome.value;
        ++m_batchesSinceReport;
    }
    const auto now = Clock::now();
    if (done < perEpoch && now - m_lastReport < reportInterval)
        return;
    m_lastReport = now;
    const double epochs = epochsDone() + static_cast<double>(done) / static_cast<double>(perEpoch);
    if (m_batchesSinceReport > 0)
        m_context.metric({"train_loss", epochs, m_lossSinceReport / static_cast<double>(m_batchesSinceReport)});
    m_lossSinceReport = 0;
    m_batchesSinceReport = 0;
    m_context.progress({"Training epoch " + std::to_string(epochsDone() + 1) + " of " + std::to_string(m_task.options.epochs),
                        epochsDone() * perEpoch + done, m_task.options.epochs * perEpoch, "batches"});
}

Error TrainingLoop::notFinite() const
{
    return {ErrorCode::InvalidArgument,
            "The loss is no longer a finite number (epoch " + std::to_string(epochsDone() + 1) + ", step " + std::to_string(m_state.step + 1) + ").",
            "Lower the learning rate (it is " + Json(m_task.options.learningRate).dump() + ").", {}};
}

} // namespace

Result<TrainedWeights> runTraining(const TrainingTask& task, RunContext& context)
{
    const TorchSettings settings(task.options);
    return guarded("Training", [&] { return TrainingLoop(task, context).run(); });
}

} // namespace espalier
