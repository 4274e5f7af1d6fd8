// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/Trainer.h"

#include "engine/evaluation/Classifier.h"
#include "engine/training/RateFinder.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <atomic>
#include <fstream>
#include <map>
#include <thread>

using namespace espalier;

namespace {

/// A context that counts batches by their progress and can stop after some of them.
struct Watched {
    std::stop_source source;
    RunContext context;
    std::vector<MetricPoint> metrics;
    std::vector<std::string> log;
    Progress last;

    explicit Watched(std::uint64_t seed = 1)
    {
        context.seed = seed;
        context.stop = source.get_token();
        context.onMetric = [this](const MetricPoint& point) { metrics.push_back(point); };
        context.onProgress = [this](const Progress& progress) { last = progress; };
        context.onLog = [this](LogLevel, const std::string& text) { log.push_back(text); };
    }
};

/// Histories without their times.
std::vector<EpochRecord> timeless(TrainingHistory history)
{
    for (auto& record : history.epochs)
        record.seconds = record.trainSeconds = 0;
    return history.epochs;
}

TrainOptions quick(int epochs = 6)
{
    return {.epochs = epochs, .batchSize = 16, .learningRate = 0.01, .patience = 0, .threads = 1};
}

} // namespace

class tst_Trainer : public QObject {
    Q_OBJECT

private:
    test::ToyTask m_task = test::makeToyTask();

    Result<Checkpoint> fit(const TrainOptions& options, Watched& watched) const
    {
        return train(m_task.model, m_task.tokenizer, m_task.splits, options, watched.context);
    }

private Q_SLOTS:
    void learns()
    {
        Watched watched;
        const auto trained = fit(quick(), watched);
        QVERIFY2(trained.ok(), trained ? "" : trained.error().message().c_str());
        const auto report = evaluate(*trained, m_task.splits.test, "test", watched.context);
        QVERIFY(report);
        QVERIFY2(report->accuracy > 0.95, qPrintable(QString::number(report->accuracy)));
        QCOMPARE(trained->history.epochs.size(), std::size_t{6});
        QVERIFY(trained->history.bestEpoch >= 1);
        QCOMPARE(watched.last.done, watched.last.total);
        QCOMPARE(watched.last.total, 6 * 15);
        QCOMPARE(watched.last.unit, "batches");
    }

    void sendsItsCurves()
    {
        Watched watched;
        const auto trained = fit(quick(3), watched);
        QVERIFY(trained);
        std::map<std::string, std::vector<double>> xs;
        for (const auto& point : watched.metrics)
            xs[point.series].push_back(point.x);
        for (const char* series : {"train_accuracy", "validation_loss", "validation_accuracy"})
            QCOMPARE(xs[series], (std::vector<double>{1, 2, 3}));
        QVERIFY(std::is_sorted(xs["train_loss"].begin(), xs["train_loss"].end()));
        QCOMPARE(xs["train_loss"].back(), 3.0);
    }

    /// The weights returned are those of the epoch that the history calls best: they give its validation accuracy and loss.
    void keepsTheBestEpoch()
    {
        Watched watched;
        auto options = quick(8);
        options.learningRate = 0.03;
        const auto trained = fit(options, watched);
        QVERIFY(trained);
        const EpochRecord& best = trained->history.epochs.at(static_cast<std::size_t>(trained->history.bestEpoch) - 1);
        for (const auto& record : trained->history.epochs)
            QVERIFY(record.validationAccuracy <= best.validationAccuracy);
        const auto report = evaluate(*trained, m_task.splits.validation, "validation", watched.context);
        QCOMPARE(report->accuracy, best.validationAccuracy);
        QVERIFY(std::abs(report->loss - best.validationLoss) < 1e-5);
    }

    void sameSeedSameModel()
    {
        Watched one(5);
        Watched two(5);
        Watched other(6);
        const auto first = fit(quick(2), one);
        const auto second = fit(quick(2), two);
        QCOMPARE(first->weights, second->weights);
        QCOMPARE(timeless(first->history), timeless(second->history));
        QVERIFY(fit(quick(2), other)->weights != first->weights);
    }

    void stopsEarly()
    {
        Watched watched;
        auto options = quick(50);
        options.patience = 2;
        options.learningRate = 1e-9; // nothing can improve much
        const auto trained = fit(options, watched);
        QVERIFY(trained);
        QVERIFY(trained->history.epochs.size() < 50);
        QVERIFY(trained->history.stoppedEarly);
    }

    void cancelsWithinOneBatch()
    {
        Watched watched;
        int batchesAfterCancel = 0;
        watched.context.onProgress = [&](const Progress& progress) {
            batchesAfterCancel += watched.source.stop_requested();
            if (progress.done >= 20)
                watched.source.request_stop();
        };
        const auto trained = fit(quick(1000), watched);
        QVERIFY(!trained);
        QCOMPARE(trained.error().code, ErrorCode::Cancelled);
        QCOMPARE(batchesAfterCancel, 0);
    }

    /// A run that is interrupted in its fourth epoch and started again must end as if nothing had happened.
    void resumesAsIfNothingHadHappened()
    {
        Watched whole;
        const auto expected = fit(quick(), whole);
        QVERIFY(expected);

        QTemporaryDir folder;
        auto options = quick();
        options.resumeFolder = std::filesystem::path(folder.path().toStdString()) / "state";
        Watched interrupted;
        interrupted.context.onMetric = [&](const MetricPoint& point) {
            if (point.series == "train_loss" && point.x >= 4)
                interrupted.source.request_stop();
        };
        QVERIFY(!fit(options, interrupted));
        QVERIFY(std::filesystem::exists(options.resumeFolder / "state.json"));

        Watched resumed;
        const auto found = fit(options, resumed);
        QVERIFY(found);
        QVERIFY2(!resumed.log.empty() && QString::fromStdString(resumed.log.front()).contains("after epoch 3"), "it must not begin anew");
        QCOMPARE(timeless(found->history), timeless(expected->history));
        QCOMPARE(found->history.bestEpoch, expected->history.bestEpoch);
        QCOMPARE(found->weights, expected->weights);
        QVERIFY2(!std::filesystem::exists(options.resumeFolder), "the state is removed at success");
        const auto epochs = std::count_if(resumed.metrics.begin(), resumed.metrics.end(), [](const auto& p) { return p.series == "validation_accuracy"; });
        QCOMPARE(epochs, 6); // the curves of the epochs before are sent again
    }

    void doesNotResumeWhatDoesNotFit()
    {
        QTemporaryDir folder;
        auto options = quick();
        options.resumeFolder = folder.path().toStdString();
        Watched interrupted;
        interrupted.context.onMetric = [&](const MetricPoint& point) {
            if (point.series == "train_loss" && point.x >= 2)
                interrupted.source.request_stop();
        };
        QVERIFY(!fit(options, interrupted));
        options.learningRate = 0.02;
        Watched other;
        const auto trained = fit(options, other);
        QVERIFY(trained);
        QVERIFY(other.log.empty());
        QCOMPARE(trained->history.epochs.size(), std::size_t{6});
    }

    /// What a power cut or a foreign hand leaves costs the epochs done, not the training.
    void survivesADamagedState()
    {
        QTemporaryDir folder;
        auto options = quick(2);
        options.resumeFolder = folder.path().toStdString();
        std::ofstream(options.resumeFolder / "state.json") << "{\"fingerprint\": ";
        Watched watched;
        QVERIFY(fit(options, watched));
        QVERIFY(QString::fromStdString(watched.log.front()).contains("begins anew"));
    }

    void prunedWeightsStayZero()
    {
        Watched watched;
        auto start = fit(quick(2), watched);
        QVERIFY(start);
        for (const char* name : {"embedding.weight", "convolutions.0.weight", "output.weight"}) {
            Mask& mask = start->masks[name];
            mask.assign(start->weights[name].values.size(), 1);
            for (std::size_t i = 0; i < mask.size(); i += 2)
                mask[i] = 0;
        }
        const auto tuned = fineTune(*start, m_task.splits, quick(3), watched.context);
        QVERIFY(tuned);
        QCOMPARE(tuned->masks, start->masks);
        QCOMPARE(tuned->history.epochs.size(), std::size_t{3});
        QVERIFY(tuned->weights != start->weights);
        for (const auto& [name, mask] : tuned->masks)
            for (std::size_t i = 0; i < mask.size(); ++i)
                QVERIFY(mask[i] == 1 || tuned->weights.at(name).values[i] == 0.0F);
    }

    void saysWhenTheLossExplodes()
    {
        Watched watched;
        auto options = quick();
        options.learningRate = 1e30;
        options.gradientClip = 0;
        const auto trained = fit(options, watched);
        QVERIFY(!trained);
        const QString message = QString::fromStdString(trained.error().message());
        QVERIFY2(message.contains("epoch 1") && message.contains("learning rate"), qPrintable(message));
    }

    /// What the user asks for is done between two steps: a pause holds the training, and finishing gives the best so far as a normal result.
    void pausesAndFinishes()
    {
        QTemporaryDir folder;
        auto options = quick(1000);
        options.resumeFolder = folder.path().toStdString();
        RunControl control;
        Watched watched;
        watched.context.control = &control;
        std::atomic<int> batches = 0;
        watched.context.onProgress = [&](const Progress&) { ++batches; };
        watched.context.onMetric = [&](const MetricPoint& point) {
            if (point.series == "validation_accuracy" && point.x == 3)
                control.pause();
        };
        std::optional<Result<Checkpoint>> trained;
        std::jthread worker([&] { trained = fit(options, watched); });
        const auto letGo = qScopeGuard([&] { control.finish(); }); // a paused training would never be joined
        QTRY_VERIFY(control.paused());
        QTRY_VERIFY(std::filesystem::exists(options.resumeFolder / "state.json")); // written before it holds, and perhaps earlier, where the machine is slow
        int held = -1;
        for (int waited = 0; held != batches && waited < 100; ++waited) {
            held = batches;
            QTest::qWait(50);
        }
        QCOMPARE(batches.load(), held);
        control.finish();
        worker.join();
        QVERIFY(trained && *trained);
        const TrainingHistory& history = (*trained)->history;
        QVERIFY(history.finishedOnRequest && history.stoppedEarly);
        QVERIFY(history.epochs.size() >= 3 && history.epochs.size() <= 4);
        QVERIFY(!(*trained)->weights.empty());
    }

    void aPauseCanBeCancelled()
    {
        RunControl control;
        control.pause();
        Watched watched;
        watched.context.control = &control;
        std::jthread canceller([&] { watched.source.request_stop(); });
        QCOMPARE(fit(quick(), watched).error().code, ErrorCode::Cancelled);
    }

    /// The last epoch's weights become a checkpoint of their own beside the best.
    void keepsTheLastEpochToo()
    {
        QTemporaryDir folder;
        auto options = quick(4);
        options.lastFolder = std::filesystem::path(folder.path().toStdString()) / "last";
        Watched watched;
        const auto trained = fit(options, watched);
        QVERIFY(trained);
        const auto last = loadCheckpoint(options.lastFolder);
        QVERIFY(last);
        const auto report = evaluate(*last, m_task.splits.validation, "validation", watched.context);
        QVERIFY(std::abs(report->loss - trained->history.epochs.back().validationLoss) < 1e-5);
    }

    void everyWayOfTrainingLearns_data()
    {
        QTest::addColumn<TrainOptions>("options");
        TrainOptions options = quick(10);
        options.optimiser = "sgd";
        options.learningRate = 0.1;
        options.schedule = "linear";
        QTest::newRow("sgd, linear") << options;
        options = quick(10);
        options.batchBy = "tokens";
        options.batchSize = 100;
        options.accumulation = 2;
        options.classWeights = "balanced";
        options.labelSmoothing = 0.1;
        options.monitor = "macro_f1";
        QTest::newRow("tokens, accumulation, balanced, macro-F1") << options;
        options = quick(10);
        options.schedule = "one_cycle";
        options.warmUp = 0.3;
        options.sparseRows = false;
        options.monitor = "loss";
        QTest::newRow("one cycle, dense rows, loss") << options;
        options = quick(10);
        options.precision = "bf16";
        QTest::newRow("bf16") << options;
    }
    void everyWayOfTrainingLearns()
    {
        QFETCH(TrainOptions, options);
        Watched watched;
        const auto trained = fit(options, watched);
        if (!trained && trained.error().code == ErrorCode::Unsupported)
            QSKIP("this processor has no bf16 products; run it on one that has");
        QVERIFY2(trained.ok(), trained ? "" : trained.error().message().c_str());
        const auto report = evaluate(*trained, m_task.splits.test, "test", watched.context);
        QVERIFY2(report->accuracy > 0.9, qPrintable(QString::number(report->accuracy)));
    }

    void findsALearningRate()
    {
        Watched watched;
        const auto curve = findLearningRate(m_task.model, m_task.tokenizer, m_task.splits, quick(), watched.context);
        QVERIFY(curve);
        QVERIFY(curve->points.size() > 20);
        QVERIFY(std::is_sorted(curve->points.begin(), curve->points.end(), [](const auto& a, const auto& b) { return a.rate < b.rate; }));
        QVERIFY2(curve->suggestion > 1e-4 && curve->suggestion < 0.5, qPrintable(QString::number(curve->suggestion)));
        QVERIFY(!curve->reason.empty());
    }

    void refusesWhatCannotBeTrained()
    {
        Watched watched;
        Splits splits = m_task.splits;
        splits.validation.clear();
        QVERIFY(!train(m_task.model, m_task.tokenizer, splits, quick(), watched.context));
        splits = m_task.splits;
        splits.train.clear();
        QVERIFY(!train(m_task.model, m_task.tokenizer, splits, quick(), watched.context));
        ModelSpec spec = m_task.model;
        ++spec.vocabularySize;
        QVERIFY(!train(spec, m_task.tokenizer, m_task.splits, quick(), watched.context));
        auto options = quick();
        options.learningRate = -1;
        QVERIFY(!fit(options, watched));
    }
};

QTEST_GUILESS_MAIN(tst_Trainer)
#include "tst_Trainer.moc"
