// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/ComputeDevice.h"

#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

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
        const TrainOptions options{.epochs = 2, .batchSize = 64, .threads = 1};
        useThreads(2); // threads are there, and must rest
        QVERIFY(train(task.model, task.tokenizer, task.splits, {.epochs = 1, .batchSize = 64, .threads = 2}, context));
        const auto before = runTimes();
        QVERIFY(train(task.model, task.tokenizer, task.splits, options, context));
        int busy = 0;
        for (const auto& [thread, time] : runTimes()) {
            const auto known = before.find(thread);
            busy += time > (known == before.end() ? 0 : known->second) + 2'000'000; // more than waking up takes
        }
        QCOMPARE(busy, 1);
    }

    void threadsAreThoseAskedFor()
    {
        QCOMPARE(useThreads(3), 3);
        QVERIFY(useThreads(0) >= 1);
    }
};

QTEST_GUILESS_MAIN(tst_ComputeDevice)
#include "tst_ComputeDevice.moc"
