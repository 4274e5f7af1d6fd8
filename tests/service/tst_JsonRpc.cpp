// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/JsonRpc.h"

#include <QtTest>

using namespace espalier;

class tst_JsonRpc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsARequest();
    void refusesWhatIsNoRequest_data();
    void refusesWhatIsNoRequest();
    void writesOneLineAMessage();
};

void tst_JsonRpc::readsARequest()
{
    const auto request = parseRequest(R"({"jsonrpc":"2.0","id":7,"method":"status","params":{"folder":"/x"}})");
    QVERIFY(request);
    QCOMPARE(request->method, std::string("status"));
    QCOMPARE(request->id.get<int>(), 7);
    QCOMPARE(request->params.at("folder").get<std::string>(), std::string("/x"));
}

void tst_JsonRpc::refusesWhatIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("not JSON") << QByteArray("run it please");
    QTest::newRow("no version") << QByteArray(R"({"id":1,"method":"run"})");
    QTest::newRow("old version") << QByteArray(R"({"jsonrpc":"1.0","id":1,"method":"run"})");
    QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":1})");
    QTest::newRow("params a list") << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"run","params":[1]})");
    QTest::newRow("id an object") << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"run"})");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("too deep") << QByteArray(200, '[') + QByteArray(200, ']');
}

void tst_JsonRpc::refusesWhatIsNoRequest()
{
    QFETCH(QByteArray, line);
    QVERIFY(!parseRequest(line.toStdString()));
}

void tst_JsonRpc::writesOneLineAMessage()
{
    std::string out;
    RpcWriter writer([&](const std::string& line) { out += line; });
    writer.reply(3, {{"text", "two\nlines"}});
    writer.reply(nullptr, {{"ignored", true}}); // a notification gets no reply
    writer.fail("x", RpcErrorCode::Failed, {ErrorCode::NotFound, "No such file.", "Look elsewhere.", {}}, {{"problems", Json::array()}});
    const auto lines = QString::fromStdString(out).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    const auto error = parseJson(lines[1].toStdString(), "reply")->at("error");
    QCOMPARE(error.at("code").get<int>(), -32000);
    QCOMPARE(error.at("data").at("code").get<std::string>(), std::string("not_found"));
    QVERIFY(error.at("data").contains("problems"));
}

QTEST_GUILESS_MAIN(tst_JsonRpc)
#include "tst_JsonRpc.moc"
