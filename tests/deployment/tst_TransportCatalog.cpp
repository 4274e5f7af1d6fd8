// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance: what a push relies on holds for every member of the transport catalogue.
#include "engine/core/Fingerprint.h"
#include "engine/core/SafeFile.h"
#include "engine/deployment/TransportCatalog.h"
#include "tests/deployment/DeviceBench.h"
#include "tests/support/SshServer.h"

#include <QElapsedTimer>
#include <QTest>

#include <chrono>
#include <thread>

using namespace espalier;
using namespace espalier::test;

class tst_TransportCatalog : public QObject {
    Q_OBJECT

private:
    void rows() const
    {
        QTest::addColumn<QString>("kind");
        for (const TransportKind& kind : transportCatalog().members())
            QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
    }
    std::unique_ptr<Transport> open()
    {
        QFETCH(QString, kind);
        const Device device = kind == "ssh" ? m_server.device("loopback", m_bench.root()) : m_bench.localDevice();
        auto transport = openTransport(device, {}, DeviceBench::trusting(), m_context);
        if (!transport)
            qWarning("%s", messageOf(transport).constData());
        return transport ? std::move(*transport) : nullptr;
    }

    DeviceBench m_bench;
    SshServer m_server;
    RunContext m_context;

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = SshServer::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY2(m_server.start(), qPrintable(m_server.error()));
    }

    void argumentsArriveByteForByte_data() { rows(); }
    void argumentsArriveByteForByte()
    {
        const auto transport = open();
        QVERIFY(transport);
        const std::vector<std::string> nasty{"it's", "a \"b\"", "$HOME `id` $(id)", "back\\slash\\\\", "new\nline", "*", "", "-n", "中文 é", "!x"};
        const auto result = transport->run({"for each in \"$@\"; do printf '%s|' \"$each\"; done", nasty}, m_context);
        QVERIFY2(result.ok(), messageOf(result));
        std::string expected;
        for (const std::string& each : nasty)
            expected += each + "|";
        QCOMPARE(QByteArray::fromStdString(result->output), QByteArray::fromStdString(expected));
    }

    void statusAndErrorsComeBack_data() { rows(); }
    void statusAndErrorsComeBack()
    {
        const auto transport = open();
        QVERIFY(transport);
        const auto result = transport->run({"echo out; echo wrong >&2; exit 7"}, m_context);
        QVERIFY2(result.ok(), messageOf(result));
        QCOMPARE(result->exitStatus, 7);
        QCOMPARE(result->output, std::string("out\n"));
        QCOMPARE(result->errors, std::string("wrong\n"));
        const auto killed = transport->run({"kill -9 $$"}, m_context);
        QVERIFY2(killed.ok(), messageOf(killed));
        QCOMPARE(killed->exitStatus, 137);
        const auto checked = transport->runChecked({"echo wrong >&2; exit 3"}, "Trying", m_context);
        QVERIFY(!checked.ok());
        QCOMPARE(checked.error().code, ErrorCode::Remote);
        QVERIFY(checked.error().detail.find("wrong") != std::string::npos);
    }

    void largeInputAndOutputPass_data() { rows(); }
    void largeInputAndOutputPass()
    {
        const auto transport = open();
        QVERIFY(transport);
        std::string text(9'000'001, 'x');
        for (std::size_t i = 0; i < text.size(); i += 7)
            text[i] = static_cast<char>(i % 251);
        const auto echoed = transport->run({"cat"}, text, m_context);
        QVERIFY2(echoed.ok(), messageOf(echoed));
        QCOMPARE(QByteArray::fromStdString(sha256(echoed->output)), QByteArray::fromStdString(sha256(text)));
    }

    void aCommandThatReadsNoInputEnds_data() { rows(); }
    void aCommandThatReadsNoInputEnds()
    {
        const auto transport = open();
        QVERIFY(transport);
        const auto result = transport->run({"exec <&-; echo enough; exit 4"}, std::string(20'000'000, 'x'), m_context);
        QVERIFY2(result.ok(), messageOf(result));
        QCOMPARE(result->exitStatus, 4);
        const auto after = transport->run({"echo still here"}, m_context);
        QVERIFY2(after.ok(), messageOf(after));
    }

    void tooMuchOutputIsAnError_data() { rows(); }
    void tooMuchOutputIsAnError()
    {
        const auto transport = open();
        QVERIFY(transport);
        const auto result = transport->run({"while :; do echo 0123456789012345678901234567890123456789; done", {}, 100'000}, m_context);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Remote);
        QVERIFY2(transport->run({"echo again"}, m_context).ok(), "usable after a refused command");
    }

    void cancelEndsACommand_data() { rows(); }
    void cancelEndsACommand()
    {
        const auto transport = open();
        QVERIFY(transport);
        std::stop_source source;
        RunContext context;
        context.stop = source.get_token();
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            source.request_stop();
        });
        const auto result = transport->run({"sleep 1000"}, context);
        later.join();
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY2(transport->run({"echo again"}, m_context).ok(), "usable after a cancelled command");
    }

    void uploadGoesOnWhereItStopped_data() { rows(); }
    void uploadGoesOnWhereItStopped()
    {
        QFETCH(QString, kind);
        const auto transport = open();
        QVERIFY(transport);
        const std::string local = m_bench.path("upload").toStdString();
        const std::string remote = m_bench.path("it's there " + kind).toStdString();
        std::string content(3'000'000, 'a');
        for (std::size_t i = 0; i < content.size(); ++i)
            content[i] = static_cast<char>(i * 31 % 253);
        QVERIFY(writeFileSafely(local, content).ok());
        QVERIFY(writeFileSafely(remote, content.substr(0, 1'000'000)).ok());
        std::vector<std::int64_t> seen;
        RunContext context;
        context.onProgress = [&](const Progress& progress) { seen.push_back(progress.done); };
        const auto sent = transport->upload(local, remote, content.size(), "Sending", context);
        QVERIFY2(sent.ok(), messageOf(sent));
        QCOMPARE(sent->resumedFrom, std::uint64_t{1'000'000});
        QCOMPARE(sent->sentBytes, std::uint64_t{2'000'000});
        QCOMPARE(seen.front(), std::int64_t{1'000'000});
        QCOMPARE(seen.back(), std::int64_t{3'000'000});
        const auto arrived = readFile(remote);
        QVERIFY(arrived.ok());
        QVERIFY(*arrived == content);
        const auto again = transport->upload(local, remote, content.size(), "Sending", context);
        QVERIFY2(again.ok(), messageOf(again));
        QCOMPARE(again->sentBytes, std::uint64_t{0});
    }

    void closedTransportSaysSo_data() { rows(); }
    void closedTransportSaysSo()
    {
        const auto transport = open();
        QVERIFY(transport);
        transport->close();
        const auto result = transport->run({"echo x"}, m_context);
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::Network);
    }
};

QTEST_GUILESS_MAIN(tst_TransportCatalog)
#include "tst_TransportCatalog.moc"
