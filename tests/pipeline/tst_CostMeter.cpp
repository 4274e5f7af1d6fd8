// SPDX-License-Identifier: GPL-3.0-or-later
// What packages cost, on this computer and over SSH on a real server.
#include "engine/core/SafeFile.h"
#include "engine/deployment/LocalRuntime.h"
#include "engine/pipeline/CostMeter.h"
#include "tests/deployment/DeviceBench.h"
#include "tests/support/SshServer.h"

#include <QTest>

using namespace espalier;
using namespace espalier::test;

class tst_CostMeter : public QObject {
    Q_OBJECT

    DeviceBench m_bench;
    RunContext m_context;

    std::string package() { return readFile(m_bench.package(1).toStdString()).value(); }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = m_bench.runtimeMissing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void onThisComputer()
    {
        const auto cost = CostMeter().measure(package(), m_context);
        QVERIFY2(cost.ok(), messageOf(cost));
        QVERIFY(cost->milliseconds > 0);
        QVERIFY(cost->memoryBytes > 100'000);
        QCOMPARE(cost->runtime, localRuntimeIdentity());
    }

    /// A connection that broke meanwhile is opened again.
    void onADevice()
    {
        if (const QString missing = SshServer::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        CostMeter meter(server.device("pi", m_bench.root()), {}, DeviceBench::trusting());
        for (const bool broken : {false, false, true}) {
            if (broken)
                server.killConnections();
            const auto cost = meter.measure(package(), m_context);
            QVERIFY2(cost.ok(), messageOf(cost));
            QVERIFY(cost->milliseconds > 0);
            QCOMPARE(cost->runtime, meter.runtime());
        }
        QVERIFY(meter.runtime() != localRuntimeIdentity());
        QCOMPARE(server.log().count("Accepted publickey"), 2);
    }

    void aDeviceThatDoesNotAnswerIsNamed()
    {
        if (const QString missing = SshServer::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        SshServer server;
        QVERIFY2(server.start(), qPrintable(server.error()));
        const Device device = server.device("pi", m_bench.root());
        server.stop();
        const auto cost = CostMeter(device).measure(package(), m_context);
        QVERIFY(!cost.ok());
        QCOMPARE(cost.error().code, ErrorCode::Network);
        QVERIFY2(cost.error().message().find("measuring on 'pi'") != std::string::npos, messageOf(cost));
    }
};

QTEST_GUILESS_MAIN(tst_CostMeter)
#include "tst_CostMeter.moc"
