// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever moment a push is cut off at, the device's `current` answers as the old or the new release, and the next push works.
#include "engine/deployment/LocalTransport.h"
#include "engine/deployment/ReleaseStore.h"
#include "engine/deployment/TransportCatalog.h"
#include "tests/deployment/DeviceBench.h"
#include "tests/deployment/KillingTransport.h"
#include "tests/support/SshServer.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sys/mount.h>

using namespace espalier;
using namespace espalier::test;
namespace fs = std::filesystem;

class tst_DeployInterruptions : public QObject {
    Q_OBJECT

    static constexpr std::uint64_t oldSeed = 1;
    static constexpr std::uint64_t newSeed = 2;

    DeviceBench m_bench;
    SshServer m_server;
    RunContext m_context;
    std::string m_old;

    [[nodiscard]] Device device() const { return m_server.device("loopback", m_bench.root()); }
    std::unique_ptr<Transport> open()
    {
        auto transport = openTransport(device(), {}, DeviceBench::trusting(), m_context);
        if (!transport)
            qWarning("%s", messageOf(transport).constData());
        return transport ? std::move(*transport) : nullptr;
    }
    DeployRequest pushWithTestSet()
    {
        DeployRequest request = m_bench.request(newSeed);
        request.testSet = m_bench.path("test.tsv").toStdString();
        std::ofstream(request.testSet) << "w2 w3\talpha\nw4\tbeta\n";
        return request;
    }
    /// Empty when `current` is a complete old or new release that answers like it.
    QByteArray whatIsWrong()
    {
        const auto transport = open();
        if (!transport)
            return "cannot connect again";
        auto store = ReleaseStore::open(*transport, device(), false, m_context);
        const auto state = store ? store->state(m_context) : Result<ReleaseState>(store.error());
        if (!state)
            return messageOf(state);
        const auto release = state->releases.find(state->current);
        if (release == state->releases.end())
            return "current is not a release: " + QByteArray::fromStdString(state->current);
        const auto whole = store->matches(store->layout().current(), release->second, m_context);
        if (!whole || !*whole)
            return "current is not complete";
        const auto answers = classifyOnDevice(*transport, device(), m_bench.sentences(), m_context);
        if (!answers)
            return messageOf(answers);
        const auto expected = m_bench.labels(state->current == m_old ? oldSeed : newSeed);
        const bool equal = std::equal(answers->begin(), answers->end(), expected.begin(), expected.end(),
                                      [](const DeviceAnswer& answer, const std::string& label) { return answer.label == label; });
        return equal ? QByteArray() : QByteArray("current answers otherwise than its release");
    }
    void expectTheNextPushToWork()
    {
        const auto transport = open();
        QVERIFY(transport);
        const auto receipt = deploy(*transport, device(), pushWithTestSet(), m_context);
        QVERIFY2(receipt.ok(), messageOf(receipt));
        QCOMPARE(currentRelease(*transport, device(), m_context)->hash, receipt->release);
        QVERIFY(receipt->release != m_old);
        QCOMPARE(whatIsWrong(), QByteArray());
        // Nothing of the broken push stays.
        QCOMPARE(std::distance(fs::directory_iterator(fs::path(m_bench.root().toStdString()) / "releases"), fs::directory_iterator{}), std::ptrdiff_t{2});
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = SshServer::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        if (const QString missing = m_bench.runtimeMissing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY2(m_server.start(), qPrintable(m_server.error()));
        QVERIFY(m_bench.labels(oldSeed) != m_bench.labels(newSeed));
        LocalTransport local;
        const auto receipt = deploy(local, m_bench.localDevice(), m_bench.request(oldSeed), m_context);
        QVERIFY2(receipt.ok(), messageOf(receipt));
        m_old = receipt->release;
        fs::rename(m_bench.root().toStdString(), m_bench.path("with old").toStdString());
    }
    /// Each test begins with the old release on the device.
    void init()
    {
        fs::remove_all(m_bench.root().toStdString());
        fs::copy(m_bench.path("with old").toStdString(), m_bench.root().toStdString(), fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    }

    void killedAtTheBeginningOfAStep_data()
    {
        QTest::addColumn<QString>("activity");
        for (const DeployStep& step : deploySteps())
            QTest::newRow(step.id.c_str()) << QString::fromStdString(step.activity);
    }
    void killedAtTheBeginningOfAStep()
    {
        QFETCH(QString, activity);
        const auto transport = open();
        QVERIFY(transport);
        bool killed = false;
        RunContext context;
        context.onProgress = [&](const Progress& progress) {
            if (!killed && progress.activity == activity.toStdString()) {
                killed = true;
                m_server.killConnections();
            }
        };
        const auto broken = deploy(*transport, device(), pushWithTestSet(), context);
        QVERIFY(killed);
        QVERIFY(!broken.ok());
        QCOMPARE(broken.error().code, ErrorCode::Network);
        QCOMPARE(whatIsWrong(), QByteArray());
        expectTheNextPushToWork();
    }

    void killedInTheMiddleOfTheUpload()
    {
        const auto transport = open();
        QVERIFY(transport);
        bool killed = false;
        RunContext context;
        context.onProgress = [&](const Progress& progress) {
            if (!killed && progress.unit == "bytes" && progress.done > 0) {
                killed = true;
                m_server.killConnections();
            }
        };
        const auto broken = deploy(*transport, device(), pushWithTestSet(), context);
        QVERIFY(!broken.ok());
        QCOMPARE(broken.error().code, ErrorCode::Network);
        QCOMPARE(whatIsWrong(), QByteArray());
        expectTheNextPushToWork();
    }

    void killedAfterACommand_data()
    {
        QTest::addColumn<int>("number");
        init();
        LocalTransport local;
        KillingTransport counting(local, -1, [] {});
        QVERIFY(deploy(counting, m_bench.localDevice(), pushWithTestSet(), m_context).ok());
        QVERIFY(counting.commands() > 20);
        // The last one lets go of the lock, when all is done.
        for (int number = 0; number < counting.commands() - 1; ++number)
            QTest::newRow(QByteArray::number(number).constData()) << number;
    }
    void killedAfterACommand()
    {
        QFETCH(int, number);
        const auto real = open();
        QVERIFY(real);
        KillingTransport transport(*real, number, [this] { m_server.killConnections(); });
        const auto broken = deploy(transport, device(), pushWithTestSet(), m_context);
        QVERIFY(!broken.ok());
        QCOMPARE(broken.error().code, ErrorCode::Network);
        QCOMPARE(whatIsWrong(), QByteArray());
        expectTheNextPushToWork();
    }

    void fullDisk()
    {
        const QByteArray root = m_bench.root().toLocal8Bit();
        if (::mount("tmpfs", root.constData(), "tmpfs", 0, "size=12m") != 0)
            QSKIP("A small file system to fill can only be mounted by root.");
        LocalTransport local;
        const auto before = deploy(local, m_bench.localDevice(), m_bench.request(oldSeed), m_context);
        const fs::path filler = fs::path(root.constData()) / "filler";
        const auto transport = open();
        RunContext context;
        context.onProgress = [&](const Progress& progress) {
            if (progress.unit != "bytes" || fs::exists(filler))
                return;
            std::ofstream stream(filler, std::ios::binary);
            const std::string block(4096, 'x');
            while (stream.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
            }
        };
        const auto failed = deploy(*transport, device(), pushWithTestSet(), context);
        const QByteArray wrong = whatIsWrong();
        // A disk that is full from the beginning is a check of the probe.
        const auto refused = deploy(*transport, device(), pushWithTestSet(), m_context);
        fs::remove(filler);
        const auto again = deploy(*transport, device(), pushWithTestSet(), m_context);
        const QByteArray after = whatIsWrong();
        QCOMPARE(::umount(root.constData()), 0);
        QVERIFY2(before.ok(), messageOf(before));
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, ErrorCode::Remote);
        QVERIFY2(failed.error().detail.find("No space left") != std::string::npos, messageOf(failed));
        QVERIFY2(failed.error().remedy.find("room") != std::string::npos, messageOf(failed));
        QCOMPARE(wrong, QByteArray());
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Io);
        QVERIFY2(again.ok(), messageOf(again));
        QCOMPARE(after, QByteArray());
    }
};

QTEST_GUILESS_MAIN(tst_DeployInterruptions)
#include "tst_DeployInterruptions.moc"
