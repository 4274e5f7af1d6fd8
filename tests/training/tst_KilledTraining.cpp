// SPDX-License-Identifier: GPL-3.0-or-later
// A training that is killed (SIGKILL) at random moments and started again must end in the very bytes of one that was left alone. Every
// training runs in a process of its own; this one never touches LibTorch, so that it can fork.
#include "engine/core/Random.h"
#include "engine/compression/Distillation.h"
#include "engine/compression/GradualPruning.h"
#include "engine/core/SafeFile.h"
#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace espalier;

class tst_KilledTraining : public QObject {
    Q_OBJECT

private:
    static constexpr int kills = 20;
    test::ToyTask m_task = test::makeToyTask();
    QTemporaryDir m_folder;

    [[nodiscard]] std::filesystem::path at(const char* name) const { return std::filesystem::path(m_folder.path().toStdString()) / name; }

    /// Trains @p start on while most of its weights go, with itself as the teacher.
    Result<Checkpoint> pruneGradually(const Checkpoint& start, const TrainOptions& options, RunContext& context) const
    {
        ESPALIER_TRY(const GradualPruning schedule, GradualPruning::create(start, {.target = {.sparsity = 0.8}, .epochs = options.epochs / 2}));
        ESPALIER_TRY(const auto distillation, makeDistillation(start, {}));
        return fineTune(start, m_task.splits, options, context, {.masks = &schedule, .objective = distillation.get()});
    }

    /// Starts a training whose last and best weights go to @p output; of @p dense, where it names a checkpoint, it prunes gradually.
    pid_t start(const TrainOptions& options, const std::filesystem::path& output, const std::filesystem::path& dense = {}) const
    {
        const pid_t child = ::fork();
        if (child != 0)
            return child;
        RunContext context{.seed = 9};
        const auto trained = dense.empty() ? train(m_task.model, m_task.tokenizer, m_task.splits, options, context)
                                           : pruneGradually(*loadCheckpoint(dense), options, context);
        ::_exit(trained && saveCheckpoint(output, *trained) ? 0 : 1);
    }

    /// Until the training has saved a state of its own, or has ended.
    static void waitForState(pid_t child, const std::filesystem::path& state)
    {
        std::error_code none;
        const auto before = std::filesystem::last_write_time(state, none);
        siginfo_t ended{};
        while (std::filesystem::last_write_time(state, none) == before && ended.si_pid == 0) {
            QTest::qSleep(1);
            ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
        }
    }

    static int statusOf(pid_t child)
    {
        int status = -1;
        ::waitpid(child, &status, 0);
        return status;
    }

private Q_SLOTS:
    void endsInTheSameBytes_data()
    {
        QTest::addColumn<TrainOptions>("options");
        QTest::addColumn<bool>("gradual");
        const TrainOptions plain{.epochs = 60, .batchSize = 8, .learningRate = 0.002, .patience = 0, .threads = 1, .saveSeconds = 0};
        QTest::newRow("defaults") << plain << false;
        QTest::newRow("gradual pruning") << plain << true;
        TrainOptions rich = plain;
        rich.batchSize = 60;
        rich.batchBy = "tokens";
        rich.accumulation = 3;
        rich.optimiser = "sgd";
        rich.learningRate = 0.05;
        rich.schedule = "one_cycle";
        rich.classWeights = "balanced";
        rich.labelSmoothing = 0.1;
        QTest::newRow("everything else") << rich << false;
    }

    void endsInTheSameBytes()
    {
        QFETCH(TrainOptions, options);
        QFETCH(bool, gradual);
        const std::filesystem::path dense = gradual ? at("dense") : std::filesystem::path();
        if (gradual)
            QCOMPARE(statusOf(start({.epochs = 3, .batchSize = 8, .threads = 1}, dense)), 0);
        options.lastFolder = at("whole-last");
        QCOMPARE(statusOf(start(options, at("whole"), dense)), 0);

        options.resumeFolder = at("state");
        options.lastFolder = at("killed-last");
        Random random(11);
        int killed = 0;
        int resumable = 0;
        for (;;) {
            const pid_t child = start(options, at("killed"), dense);
            if (killed < kills) {
                if (killed % 4 != 0) // the others die at any time, also before training begins
                    waitForState(child, options.resumeFolder / "state.json");
                QTest::qSleep(static_cast<int>(random.below(150)));
                ::kill(child, SIGKILL);
            }
            const int status = statusOf(child);
            if (WIFEXITED(status)) {
                QCOMPARE(status, 0);
                break;
            }
            ++killed;
            resumable += std::filesystem::exists(options.resumeFolder / "state.json");
        }
        qInfo("%d kills, %d with a state to go on from", killed, resumable);
        QVERIFY2(resumable >= 5, "too few kills came after a state was saved");
        for (const auto& [found, expected] : {std::pair("killed", "whole"), std::pair("killed-last", "whole-last")})
            QCOMPARE(*readFile(at(found) / "weights.safetensors"), *readFile(at(expected) / "weights.safetensors"));
        QVERIFY2(!std::filesystem::exists(options.resumeFolder), "the state is removed at success");
    }
};

QTEST_GUILESS_MAIN(tst_KilledTraining)
#include "tst_KilledTraining.moc"
