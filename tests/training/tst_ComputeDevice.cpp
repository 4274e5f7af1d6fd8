// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/ComputeDevice.h"

#include "engine/compression/Pruning.h"
#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"
#include "tests/exporting/ModelCheckpoints.h"
#include "tests/support/ToyData.h"
#include "tests/training/TaskData.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <map>

using namespace espalier;

namespace {

/// Nanoseconds that each thread of this process has run.
std::map<std::string, std::uint64_t> runTimes()
{
    std::map<std::string, std::uint64_t> times;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream(entry.path() / "schedstat") >> times[entry.path().filename().string()];
    }
    return times;
}

Result<Checkpoint> trainedOn(const std::string& device, const std::string& architecture, const Splits& splits)
{
    ESPALIER_TRY(VocabularyBuilder builder, VocabularyBuilder::create({}));
    for (const Example& example : splits.train)
        builder.add(example.text);
    ESPALIER_TRY(const Tokenizer tokenizer, Tokenizer::create({}, builder.build(1, 0)));
    ESPALIER_TRY(const ModelSpec spec, makeModelSpec(architecture, test::smallParameters(architecture), static_cast<std::int64_t>(tokenizer.vocabulary().size()),
                                                     splits.labels.size(), splits.task));
    RunContext context;
    return train(spec, tokenizer, splits, {.epochs = 4, .batchSize = 16, .learningRate = 0.01, .threads = 1, .device = device}, context);
}

} // namespace

class tst_ComputeDevice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void alwaysOffersTheCpu()
    {
        QCOMPARE(computeDevices().front(), std::string("cpu"));
        QCOMPARE(*resolveDevice("cpu"), std::string("cpu"));
        QVERIFY(resolveDevice("auto"));
    }

    void saysWhichDeviceIsAbsent()
    {
        const auto device = resolveDevice("cuda:97");
        QVERIFY(!device);
        const QString message = QString::fromStdString(device.error().message());
        QVERIFY2(message.contains("device") && message.contains("cuda:97") && message.contains("cpu"), qPrintable(message));
        for (const char* text : {"gpu", "cuda:", "cuda:-1", "cuda:x", ""})
            QVERIFY(!resolveDevice(text));
    }

    /// With one thread, no other thread of the process may do any work, be it LibTorch's or the BLAS's.
    void oneThreadIsOne()
    {
        const auto task = test::makeToyTask({{"embedding_dim", 256}, {"filters", 256}}); // large enough for products in threads
        RunContext context;
        const TrainOptions options{.epochs = 2, .batchSize = 64, .threads = 1, .device = "cpu"};
        useThreads(2); // threads are there, and must rest
        QVERIFY(train(task.model, task.tokenizer, task.splits, {.epochs = 1, .batchSize = 64, .threads = 2, .device = "cpu"}, context));
        const auto before = runTimes();
        QVERIFY(train(task.model, task.tokenizer, task.splits, options, context));
        int busy = 0;
        for (const auto& [thread, time] : runTimes()) {
            const auto known = before.find(thread);
            busy += time > (known == before.end() ? 0 : known->second) + 2'000'000; // more than waking up takes
        }
        QCOMPARE(busy, 1);
    }

    void everyModelTrainsOnEveryDevice_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<int>("task");
        for (const std::string& device : computeDevices())
            for (const Architecture& architecture : architectures().members())
                for (const Task task : architecture.tasks)
                    QTest::addRow("%s %s %s", device.c_str(), architecture.id.c_str(), std::string(taskName(task)).c_str())
                        << QString::fromStdString(device) << QString::fromStdString(architecture.id) << static_cast<int>(task);
    }

    /// It learns, gives the same weights for the same seed, and those are what the validation measured.
    void everyModelTrainsOnEveryDevice()
    {
        QFETCH(QString, device);
        QFETCH(QString, architecture);
        QFETCH(int, task);
        const Splits splits = test::makeSplits(static_cast<Task>(task));
        const auto checkpoint = trainedOn(device.toStdString(), architecture.toStdString(), splits);
        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message().c_str());
        const auto& epochs = checkpoint->history.epochs;
        QVERIFY2(epochs.back().trainLoss < 0.97 * epochs.front().trainLoss, qPrintable(QString::number(epochs.back().trainLoss)));
        RunContext context;
        const auto report = evaluate(*checkpoint, splits.validation, "validation", context);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        const double best = epochs.at(static_cast<std::size_t>(checkpoint->history.bestEpoch) - 1).validationLoss;
        QVERIFY2(std::fabs(report->loss - best) < 1e-3 * (1 + best), qPrintable(QString("%1 %2").arg(report->loss).arg(best)));
        const auto again = trainedOn(device.toStdString(), architecture.toStdString(), splits);
        QVERIFY(again);
        for (const auto& [name, tensor] : checkpoint->weights)
            QVERIFY2(again->weights.at(name).values == tensor.values, name.c_str());
    }

    void prunedWeightsStayZeroOnEveryDevice_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("optimiser");
        for (const std::string& device : computeDevices())
            for (const char* optimiser : {"adamw", "sgd"})
                QTest::addRow("%s %s", device.c_str(), optimiser) << QString::fromStdString(device) << optimiser;
    }

    void prunedWeightsStayZeroOnEveryDevice()
    {
        QFETCH(QString, device);
        QFETCH(QString, optimiser);
        const Splits splits = test::makeSplits(Task::SingleLabel);
        const auto dense = trainedOn("cpu", "textcnn", splits);
        QVERIFY(dense);
        const auto pruned = prune(*dense, {.sparsity = 0.5});
        QVERIFY(pruned);
        RunContext context;
        TrainOptions options{.epochs = 2, .batchSize = 16, .learningRate = 0.01, .threads = 1, .device = device.toStdString()};
        options.optimiser = optimiser.toStdString();
        const auto tuned = fineTune(*pruned, splits, options, context);
        QVERIFY2(tuned, tuned ? "" : tuned.error().message().c_str());
        QVERIFY(tuned->weights.at("output.weight").values != pruned->weights.at("output.weight").values);
        for (const auto& [name, mask] : pruned->masks)
            for (std::size_t i = 0; i < mask.size(); ++i)
                QVERIFY2(mask[i] != 0 || tuned->weights.at(name).values[i] == 0, name.c_str());
    }

    void threadsAreThoseAskedFor()
    {
        QCOMPARE(useThreads(3), 3);
        QVERIFY(useThreads(0) >= 1);
    }
};

QTEST_GUILESS_MAIN(tst_ComputeDevice)
#include "tst_ComputeDevice.moc"
