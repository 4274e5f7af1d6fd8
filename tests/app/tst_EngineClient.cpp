// SPDX-License-Identifier: GPL-3.0-or-later
// The client against the real engine where it is built, and against programs that misbehave.
#include "app/EngineClient.h"
#include "app/RunController.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace espalier;

namespace {

const auto builtEngine = QStringLiteral(ESPALIER_BINARY_DIR "/engine/service/espalier-engine");
constexpr int patience = 30'000; // ms; the engine loads LibTorch

QString script(const QTemporaryDir& folder, const QByteArray& body)
{
    const QString path = folder.filePath(QStringLiteral("engine.sh"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("#!/bin/sh\n" + body);
    file.setPermissions(file.permissions() | QFileDevice::ExeOwner);
    return path;
}

const QByteArray greeting = "read line; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"version\":\"9\",\"threads\":2}}'\n";

} // namespace

class tst_EngineClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksTheRealEngine();
    void survivesAKilledEngine();
    void failsWithAReasonWhenThereIsNoEngine();
    void failsPendingRequestsWhenTheEngineDies();
    void handsErrorsOver();
    void ignoresLinesThatAreNoMessages();
    void tellsAnInterruptedRunFromAFailedOne();
};

void tst_EngineClient::asksTheRealEngine()
{
    if (!QFileInfo::exists(builtEngine))
        QSKIP("espalier-engine is not built here");
    EngineClient client(builtEngine);
    client.start();
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), EngineClient::State::Ready, patience);
    QVERIFY(!client.info().version.isEmpty());
    Json catalog;
    client.request("catalog", Json::object(), this, [&](const Result<Json>& result) { catalog = result ? *result : Json(); });
    QTRY_VERIFY_WITH_TIMEOUT(catalog.is_object(), patience);
    QVERIFY(catalog.at("nodes").size() >= 9);
    std::optional<Error> error;
    client.request("no_such_method", Json::object(), this, [&](const Result<Json>& result) {
        if (!result)
            error = result.error();
    });
    QTRY_VERIFY_WITH_TIMEOUT(error.has_value(), patience);
}

void tst_EngineClient::survivesAKilledEngine()
{
    if (!QFileInfo::exists(builtEngine))
        QSKIP("espalier-engine is not built here");
    EngineClient client(builtEngine);
    QSignalSpy crashed(&client, &EngineClient::crashed);
    client.start();
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), EngineClient::State::Ready, patience);
    ::kill(static_cast<pid_t>(client.processId()), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(crashed.count(), 1, patience);
    QCOMPARE(client.state(), EngineClient::State::Crashed);
    client.start();
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), EngineClient::State::Ready, patience);
}

void tst_EngineClient::failsWithAReasonWhenThereIsNoEngine()
{
    for (const QString& program : {QString(), QStringLiteral("/nowhere/espalier-engine")}) {
        EngineClient client(program);
        QSignalSpy crashed(&client, &EngineClient::crashed);
        client.start();
        QTRY_COMPARE(crashed.count(), 1);
        QVERIFY(crashed.first().first().toString().contains(QStringLiteral("espalier-engine")));
        bool failed = false;
        client.request("status", Json::object(), this, [&](const Result<Json>& result) { failed = !result; });
        QTRY_VERIFY(failed);
    }
}

void tst_EngineClient::failsPendingRequestsWhenTheEngineDies()
{
    QTemporaryDir folder;
    EngineClient client(script(folder, greeting + "read line; echo oh no >&2; exit 3\n"));
    QSignalSpy crashed(&client, &EngineClient::crashed);
    client.start();
    QTRY_COMPARE(client.state(), EngineClient::State::Ready);
    QCOMPARE(client.info().version, QStringLiteral("9"));
    int failures = 0;
    for (int i = 0; i < 3; ++i)
        client.request("status", Json::object(), this, [&](const Result<Json>& result) { failures += !result; });
    QTRY_COMPARE(failures, 3);
    QTRY_COMPARE(crashed.count(), 1);
    QVERIFY(crashed.first().first().toString().contains(QStringLiteral("oh no")));
}

void tst_EngineClient::handsErrorsOver()
{
    QTemporaryDir folder;
    EngineClient client(script(folder, greeting +
        "read line; echo '{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32000,\"message\":\"m\",\"data\":"
        "{\"code\":\"not_found\",\"detail\":\"No node.\",\"remedy\":\"Add it.\",\"context\":[\"reading\"]}}}'\nread line\n"));
    client.start();
    std::optional<Error> error;
    client.request("results", Json::object(), this, [&](const Result<Json>& result) { error = result.error(); });
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::NotFound);
    QCOMPARE(error->message(), std::string("reading: No node. Add it."));
}

void tst_EngineClient::ignoresLinesThatAreNoMessages()
{
    QTemporaryDir folder;
    EngineClient client(script(folder, "echo hello; echo '[1]'; echo '{\"id\":\"x\"}'; echo; " + greeting +
                                           "echo '{\"jsonrpc\":\"2.0\",\"method\":\"run/log\",\"params\":{\"text\":\"a\"}}'\nread line\n"));
    QSignalSpy notified(&client, &EngineClient::notified);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("not a message")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("not a message")));
    client.start();
    QTRY_COMPARE(notified.count(), 1);
    QCOMPARE(client.state(), EngineClient::State::Ready);
}

void tst_EngineClient::tellsAnInterruptedRunFromAFailedOne()
{
    QTemporaryDir folder;
    EngineClient client(script(folder, greeting +
        "read line; echo '{\"jsonrpc\":\"2.0\",\"method\":\"run/state\",\"params\":{\"node\":\"train\",\"state\":\"running\"}}'; kill -9 $$\n"));
    RunController run(&client);
    QString end;
    QStringList states;
    connect(&run, &RunController::finished, this, [&](RunEnd how, const Error&) { end = how == RunEnd::Interrupted ? QStringLiteral("interrupted") : QStringLiteral("other"); });
    connect(&run, &RunController::nodeChanged, this, [&](const QString& node, const NodeRunState& state) { states << node + QString::number(int(state.kind)); });
    run.run({Json::object(), folder.path(), {}, Json::object()});
    QVERIFY(run.isRunning());
    QTRY_COMPARE(end, QStringLiteral("interrupted"));
    QVERIFY(!run.isRunning());
    QCOMPARE(states, QStringList({QStringLiteral("train%1").arg(int(NodeRunState::Kind::Running)), QStringLiteral("train%1").arg(int(NodeRunState::Kind::Cancelled))}));
}

QTEST_GUILESS_MAIN(tst_EngineClient)
#include "tst_EngineClient.moc"
