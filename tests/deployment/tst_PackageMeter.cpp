// SPDX-License-Identifier: GPL-3.0-or-later
// Measurements of packages on a device, over SSH to a real server: what they say, and that nothing is left behind or touched.
#include "engine/core/SafeFile.h"
#include "engine/deployment/LocalRuntime.h"
#include "engine/deployment/PackageMeter.h"
#include "tests/deployment/DeviceBench.h"
#include "tests/support/SshServer.h"

#include <QDir>
#include <QTest>

#include <fstream>

using namespace espalier;
using namespace espalier::test;
namespace fs = std::filesystem;

class tst_PackageMeter : public QObject {
    Q_OBJECT

    DeviceBench m_bench;
    SshServer m_server;
    RunContext m_context;

    [[nodiscard]] Device device() const { return m_server.device("pi", m_bench.root()); }
    [[nodiscard]] fs::path folder() const { return fs::path(m_bench.root().toStdString()) / "measure"; }
    auto open() { return PackageMeter::open(device(), {}, DeviceBench::trusting(), m_context); }
    std::string package(std::uint64_t seed) { return readFile(m_bench.package(seed).toStdString()).value(); }
    static std::size_t entries(const fs::path& folder)
    {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = SshServer::missing() + m_bench.runtimeMissing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY2(m_server.start(), qPrintable(m_server.error()));
    }

    void measuresSeveralAndTidiesUp()
    {
        {
            auto meter = open();
            QVERIFY2(meter.ok(), messageOf(meter));
            for (const std::uint64_t seed : {1, 2, 1}) {
                const auto latency = (*meter)->measure(package(seed), 0.05, m_context);
                QVERIFY2(latency.ok(), messageOf(latency));
                QVERIFY(latency->p50Milliseconds > 0);
                QVERIFY(latency->peakMemoryBytes > 100'000);
                QVERIFY(latency->sentences > 0);
            }
            QCOMPARE(entries(folder()), std::size_t{1});
        }
        QCOMPARE(entries(folder()), std::size_t{0});
        QVERIFY(!fs::exists(fs::path(m_bench.root().toStdString()) / "current"));
    }

    /// What a broken connection left goes, what another measurement uses stays.
    void oldFoldersGo()
    {
        fs::create_directories(folder() / "old");
        fs::create_directories(folder() / "young");
        fs::last_write_time(folder() / "old", fs::file_time_type::clock::now() - std::chrono::hours(49));
        auto meter = open();
        QVERIFY2(meter.ok(), messageOf(meter));
        QVERIFY(!fs::exists(folder() / "old"));
        QVERIFY(fs::exists(folder() / "young"));
    }

    void brokenConnectionIsAnError()
    {
        auto meter = open();
        QVERIFY2(meter.ok(), messageOf(meter));
        m_server.killConnections();
        const auto latency = (*meter)->measure(package(1), 0.05, m_context);
        QVERIFY(!latency.ok());
        QCOMPARE(latency.error().code, ErrorCode::Network);
    }

    void damagedPackageIsAnError()
    {
        auto meter = open();
        QVERIFY2(meter.ok(), messageOf(meter));
        const auto latency = (*meter)->measure(package(1).substr(0, 5000), 0.05, m_context);
        QVERIFY(!latency.ok());
        QCOMPARE(latency.error().code, ErrorCode::Remote);
        QVERIFY2((*meter)->measure(package(1), 0.05, m_context).ok(), "and the next is measured as ever");
    }

    /// Figures of one device are not those of another.
    void everyDeviceHasAnIdentity()
    {
        Device other = device();
        other.host = "elsewhere";
        QVERIFY(measuringIdentity(device()) != 0);
        QVERIFY(measuringIdentity(device()) != measuringIdentity(other));
        QVERIFY(measuringIdentity(device()) != measuringIdentity(thisComputer()));
        QCOMPARE(measuringIdentity(thisComputer()), localRuntimeIdentity());
        Device renamed = device();
        renamed.name = "another name";
        QCOMPARE(measuringIdentity(renamed), measuringIdentity(device()));
    }
};

QTEST_GUILESS_MAIN(tst_PackageMeter)
#include "tst_PackageMeter.moc"
