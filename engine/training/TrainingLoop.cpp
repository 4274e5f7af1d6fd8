// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/TrainingLoop.h"

#include "engine/core/Random.h"
#include "engine/data/Batching.h"
#include "engine/evaluation/Prediction.h"
#include "engine/evaluation/TaskHead.h"
#include "engine/models/TorchGuard.h"
#include "engine/training/Optimiser.h"
#include "engine/training/RateSchedule.h"
#include "engine/training/ResumeState.h"

#include <ATen/Parallel.h>

#include <chrono>
#include <cmath>
#include <optional>
#include <thread>

namespace espalier {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto reportInterval = std::chrono::milliseconds(50);

/// Threads and arithmetic as training wants them; the caller's thread gets its arithmetic back.
class TorchSettings {
public:
    explicit TorchSettings(int threads)
    {
        const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        at::set_num_threads(threads == 0 ? cores : std::min(threads, cores));
        at::globalContext().setFlushDenormal(true); // weights that decay towards zero would slow every product down
    }
    TorchSettings(const TorchSettings&) = delete;
    TorchSettings& operator=(const TorchSettings&) = delete;
    ~TorchSettings() { at::globalContext().setFlushDenormal(false); }
};

struct EpochSums {
    double loss = 0;
    std::int64_t correct = 0;
    std::int64_t seen = 0;
};

class TrainingLoop {
public:
    TrainingLoop(const TrainingTask& task, RunContext& context) : m_task(task), m_context(context), m_random(context.seed)
    {
        const auto batch = static_cast<std::size_t>(task.options.batchSize);
        m_batchesPerEpoch = static_cast<std::int64_t>((task.train.ids.size() + batch - 1) / batch);
    }

    Result<TrainedWeights> run()
    {
        ESPALIER_CHECK(begin());
        while (!finished()) {
            const auto started = Clock::now();
            ESPALIER_TRY(const EpochSums sums, trainEpoch());
            ESPALIER_CHECK(closeEpoch(sums, started));
        }
        m_state.history.stoppedEarly = epochsDone() < m_task.options.epochs;
        return TrainedWeights{std::move(m_state.bestWeights), std::move(m_state.history)};
    }

private:
    [[nodiscard]] int epochsDone() const { return static_cast<int>(m_state.history.epochs.size()); }
    [[nodiscard]] bool finished() const
    {
        const int patience = m_task.options.patience;
        return epochsDone() >= m_task.options.epochs || (patience > 0 && epochsDone() - m_state.history.bestEpoch >= patience);
    }

    Result<void> begin();
    Result<bool> resume();
    Result<EpochSums> trainEpoch();
    Result<double> trainBatch(std::span<const std::uint32_t> indices, EpochSums& sums);
    Result<void> closeEpoch(const EpochSums& sums, Clock::time_point started);
    void keepIfBest();
    void save();
    void sendEpoch(const EpochRecord& record) const;
    void report(std::int64_t batch, double loss);
    [[nodiscard]] Error notFinite(std::int64_t batch) const;

    const TrainingTask& m_task;
    RunContext& m_context;
    std::shared_ptr<TextModel> m_model;
    std::optional<Optimiser> m_optimiser; ///< of m_model, once that is made
    TrainingState m_state; ///< weights are filled in only to be saved
    Random m_random;
    std::int64_t m_batchesPerEpoch = 0;
    Clock::time_point m_lastReport{};
    double m_lossSinceReport = 0;
    std::int64_t m_batchesSinceReport = 0;
};

Result<void> TrainingLoop::begin()
{
    ESPALIER_TRY(const ModelType* type, modelCatalog().get(m_task.model.architecture));
    torch::manual_seed(m_context.seed);
    m_model = type->create(m_task.model);
    m_optimiser.emplace(*m_model, m_task.masks, m_task.options);
    ESPALIER_TRY(const bool resumed, resume());
    if (resumed)
        return {};
    if (m_task.startWeights != nullptr)
        ESPALIER_CHECK(setWeights(*m_model, *m_task.startWeights));
    m_optimiser->reset(m_state);
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
    ESPALIER_CHECK(setWeights(*m_model, m_state.weights));
    m_random.setState(m_state.random);
    m_context.info("Training goes on after epoch " + std::to_string(epochsDone()) + ", where it was interrupted.");
    for (const auto& record : m_state.history.epochs) {
        m_context.metric({"train_loss", static_cast<double>(record.epoch), record.trainLoss});
        sendEpoch(record);
    }
    return true;
}

Result<EpochSums> TrainingLoop::trainEpoch()
{
    m_model->train();
    // The shuffle's generator seeds LibTorch's for dropout, so that its state alone is enough to go on after an interruption.
    torch::manual_seed(m_random.next());
    const RateSchedule schedule{m_task.options.learningRate, m_batchesPerEpoch * m_task.options.epochs};
    EpochSums sums;
    std::int64_t batch = 0;
    const Batches batches = shuffledBatches(m_task.train.ids.lengths(), {.sentences = static_cast<std::size_t>(m_task.options.batchSize)}, m_random);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        const auto indices = batches[i];
        if (m_context.cancelled())
            return cancelledError();
        ++batch;
        ESPALIER_TRY(const double loss, trainBatch(indices, sums));
        if (!std::isfinite(loss))
            return notFinite(batch);
        m_optimiser->step(m_state, schedule.at(m_state.step));
        report(batch, loss);
    }
    return sums;
}

/// Forward and backward; the gradients are left in the parameters. Returns the batch's mean loss, without smoothing.
Result<double> TrainingLoop::trainBatch(std::span<const std::uint32_t> indices, EpochSums& sums)
{
    const TextBatch batch = makeBatch(m_task.train.ids, indices);
    for (auto& parameter : m_model->parameters())
        parameter.mutable_grad().reset();
    const BatchLogits logits{*m_model, m_model->forward(batch.ids, batch.lengths), m_task.train, indices};
    const BatchLoss measured = TaskHead::of(m_task.model.task).loss(logits, m_task.options.labelSmoothing);
    measured.loss.backward();
    sums.loss += measured.value * static_cast<double>(measured.decisions);
    sums.correct += measured.correct;
    sums.seen += measured.decisions;
    return measured.value;
}

Result<void> TrainingLoop::closeEpoch(const EpochSums& sums, Clock::time_point started)
{
    ESPALIER_TRY(const Predictions predictions, predictWith(*m_model, m_task.validation, m_task.model.classes, m_context));
    if (!std::isfinite(predictions.meanLoss))
        return notFinite(m_batchesPerEpoch);
    const auto seen = static_cast<double>(sums.seen);
    m_state.history.epochs.push_back({.epoch = epochsDone() + 1,
                                      .trainLoss = sums.loss / seen,
                                      .trainAccuracy = static_cast<double>(sums.correct) / seen,
                                      .validationLoss = predictions.meanLoss,
                                      .validationAccuracy = TaskHead::of(m_task.model.task).score(predictions, m_task.validation, m_task.labels),
                                      .seconds = std::chrono::duration<double>(Clock::now() - started).count()});
    sendEpoch(m_state.history.epochs.back());
    keepIfBest();
    save();
    return {};
}

void TrainingLoop::keepIfBest()
{
    auto& history = m_state.history;
    const EpochRecord& now = history.epochs.back();
    if (history.bestEpoch > 0) {
        const EpochRecord& best = history.epochs[static_cast<std::size_t>(history.bestEpoch) - 1];
        if (std::pair(now.validationAccuracy, -now.validationLoss) <= std::pair(best.validationAccuracy, -best.validationLoss))
            return;
    }
    history.bestEpoch = now.epoch;
    m_state.bestWeights = weightsOf(*m_model);
}

/// A state that cannot be saved (full disk) is worth a warning, not the training.
void TrainingLoop::save()
{
    if (m_task.options.resumeFolder.empty())
        return;
    m_state.weights = weightsOf(*m_model);
    m_state.random = m_random.state();
    if (const auto saved = saveTrainingState(m_task.options.resumeFolder, m_task.fingerprint, m_state); !saved)
        m_context.warn("The training state could not be saved; if the training is interrupted now, it cannot be resumed here: " + saved.error().message());
    m_state.weights.clear();
}

void TrainingLoop::sendEpoch(const EpochRecord& record) const
{
    const auto x = static_cast<double>(record.epoch);
    m_context.metric({"train_accuracy", x, record.trainAccuracy});
    m_context.metric({"validation_loss", x, record.validationLoss});
    m_context.metric({"validation_accuracy", x, record.validationAccuracy});
}

/// Progress and the mean loss since the last report, about 20 times a second and at the end of the epoch.
void TrainingLoop::report(std::int64_t batch, double loss)
{
    m_lossSinceReport += loss;
    ++m_batchesSinceReport;
    const auto now = Clock::now();
    if (batch < m_batchesPerEpoch && now - m_lastReport < reportInterval)
        return;
    m_lastReport = now;
    const double epochs = epochsDone() + static_cast<double>(batch) / static_cast<double>(m_batchesPerEpoch);
    m_context.metric({"train_loss", epochs, m_lossSinceReport / static_cast<double>(m_batchesSinceReport)});
    m_lossSinceReport = 0;
    m_batchesSinceReport = 0;
    m_context.progress({"Training epoch " + std::to_string(epochsDone() + 1) + " of " + std::to_string(m_task.options.epochs),
                        epochsDone() * m_batchesPerEpoch + batch, m_task.options.epochs * m_batchesPerEpoch, "batches"});
}

Error TrainingLoop::notFinite(std::int64_t batch) const
{
    return {ErrorCode::InvalidArgument,
            "The loss is no longer a finite number (epoch " + std::to_string(epochsDone() + 1) + ", step " + std::to_string(batch) + ").",
            "Lower the learning rate (it is " + Json(m_task.options.learningRate).dump() + ").", {}};
}

} // namespace

Result<TrainedWeights> runTraining(const TrainingTask& task, RunContext& context)
{
    const TorchSettings settings(task.options.threads);
    return guarded("Training", [&] { return TrainingLoop(task, context).run(); });
}

} // namespace espalier
