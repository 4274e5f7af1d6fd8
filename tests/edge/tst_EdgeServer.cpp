// SPDX-License-Identifier: GPL-3.0-or-later
// `espalier-edge serve` as a process, over real sockets.
#include "engine/core/Json.h"
#include "engine/edge/Session.h"
#include "tests/edge/HttpClient.h"
#include "tests/support/PackageBuilder.h"

#include <QtTest>

#include <atomic>
#include <csignal>
#include <thread>

using namespace espalier;
using namespace espalier::edge;
using test::HttpClient;

class tst_EdgeServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void answersLikeTheSession();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void elsewhereItNeedsAToken();
    void aUnixSocketServesToo();
    void aNewPackageIsTakenWithoutLosingARequest();
    void aBrokenPackageChangesNothing();
    void whenTooManyWaitTheyAreToldSo();
    void slowClientsAreClosed();
    void stoppingAnswersWhatWasAccepted();
    void countsWhatItDid();

private:
    QString path(const char* name) const { return m_folder->filePath(name); }
    void write(const char* name, const std::string& bytes);
    /// Renamed into place, as a push does.
    void replace(const std::string& bytes);
    void serve(const QStringList& more = {});
    Json predict(const std::string& text);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_server;
    std::string m_url;
    std::string m_package;
};

void tst_EdgeServer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_package = test::textCnnPackage().build();
    write("model.espkg", m_package);
}

void tst_EdgeServer::cleanup()
{
    if (m_server && m_server->state() != QProcess::NotRunning) {
        m_server->kill();
        m_server->waitForFinished();
    }
    m_server.reset();
}

void tst_EdgeServer::write(const char* name, const std::string& bytes)
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void tst_EdgeServer::replace(const std::string& bytes)
{
    write("new.espkg", bytes);
    QCOMPARE(std::rename(qPrintable(path("new.espkg")), qPrintable(path("model.espkg"))), 0);
}

void tst_EdgeServer::serve(const QStringList& more)
{
    m_server = std::make_unique<QProcess>();
    QStringList arguments{"serve", path("model.espkg")};
    if (!more.contains("--listen"))
        arguments << "--listen" << "127.0.0.1:0";
    m_server->start(ESPALIER_EDGE_PROGRAM, arguments + more);
    QVERIFY2(m_server->waitForReadyRead(20000), m_server->readAllStandardError());
    const QByteArray line = m_server->readLine();
    m_url = parseJson({line.constData(), static_cast<std::size_t>(line.size())}, "line")->at("listening").get<std::string>();
}

Json tst_EdgeServer::predict(const std::string& text)
{
    const auto response = HttpClient(m_url).post("/v1/predict", dumpJson({{"text", text}}));
    return response.status == 200 ? *parseJson(response.body, "answer") : Json();
}

void tst_EdgeServer::answersLikeTheSession()
{
    serve({"--threads", "2"});
    QVERIFY(QFile::exists(path("model.espkg.plan"))); // measured before it listens
    auto session = Session::fromBytes(m_package);
    HttpClient client(m_url); // one connection for all
    Json texts = Json::array();
    for (std::uint64_t i = 0; i < 50; ++i) {
        const std::string text = test::randomSentence(i);
        texts.push_back(text);
        const auto response = client.post("/v1/predict", dumpJson({{"text", text}, {"all", true}}));
        QCOMPARE(response.status, 200);
        const Json answer = *parseJson(response.body, "answer");
        const auto expected = session->classify(text);
        QCOMPARE(answer.at("label").get<std::string>(), session->labels()[expected.label]);
        for (std::size_t c = 0; c < expected.probabilities.size(); ++c)
            QVERIFY(std::abs(answer.at("probabilities").at(session->labels()[c]).get<double>() - static_cast<double>(expected.probabilities[c])) < 1e-5);
    }
    const auto batch = client.post("/v1/predict_batch", dumpJson({{"texts", texts}}));
    const Json answers = parseJson(batch.body, "answers")->at("answers");
    QCOMPARE(answers.size(), std::size_t{50});
    for (std::size_t i = 0; i < 50; ++i)
        QCOMPARE(answers[i].at("label").get<std::string>(), session->labels()[session->classify(texts[i].get<std::string>()).label]);
    QCOMPARE(parseJson(client.get("/v1/model").body, "model")->at("labels").size(), std::size_t{4});
    QCOMPARE(client.get("/healthz").status, 200);
    QCOMPARE(client.get("/readyz").status, 200);
}

void tst_EdgeServer::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    const auto post = [](const QString& path, const QString& body, const QString& type = "application/json") {
        return QString("POST %1 HTTP/1.1\r\nHost: a\r\nContent-Type: %2\r\nContent-Length: %3\r\n\r\n%4").arg(path, type).arg(body.toUtf8().size()).arg(body);
    };
    QTest::newRow("no such path") << "GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n" << 404 << "no such path";
    QTest::newRow("another method") << "GET /v1/predict HTTP/1.1\r\nHost: a\r\n\r\n" << 405 << "POST only";
    QTest::newRow("a form") << post("/v1/predict", "text=a", "application/x-www-form-urlencoded") << 415 << "application/json";
    QTest::newRow("no JSON") << post("/v1/predict", "{\"text\": ") << 400 << "request";
    QTest::newRow("no text") << post("/v1/predict", "{\"texts\": [\"a\"]}") << 400 << "request.text";
    QTest::newRow("a number") << post("/v1/predict", "{\"text\": 3}") << 400 << "request.text";
    QTest::newRow("a deep nest") << post("/v1/predict", QString(100, '[')) << 400 << "deep";
    QTest::newRow("too many") << post("/v1/predict_batch", "{\"texts\": [" + QString("\"a\",").repeated(1024) + "\"a\"]}") << 400 << "1025 sentences";
    QTest::newRow("too large") << "POST /v1/predict HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n" << 413 << "1 MiB";
    QTest::newRow("no HTTP") << "hello\r\n\r\n" << 400 << "request line";
}

void tst_EdgeServer::saysWhatIsWrong()
{
    QFETCH(QString, request);
    QFETCH(int, status);
    QFETCH(QString, says);
    serve();
    const auto response = HttpClient(m_url).raw(request.toStdString());
    QCOMPARE(response.status, status);
    QVERIFY2(QString::fromStdString(response.body).contains(says), response.body.c_str());
    QVERIFY(predict("w2 w3").contains("label")); // and it goes on
}

void tst_EdgeServer::elsewhereItNeedsAToken()
{
    QProcess refused;
    refused.start(ESPALIER_EDGE_PROGRAM, {"serve", path("model.espkg"), "--listen", "0.0.0.0:0"});
    QVERIFY(refused.waitForFinished());
    QCOMPARE(refused.exitCode(), 1);
    QVERIFY(refused.readAllStandardError().contains("--token-file"));
    write("token", "short\n");
    refused.start(ESPALIER_EDGE_PROGRAM, {"serve", path("model.espkg"), "--listen", "0.0.0.0:0", "--token-file", path("token")});
    QVERIFY(refused.waitForFinished());
    QVERIFY(refused.readAllStandardError().contains("16 characters"));

    write("token", "a token of more than sixteen\n");
    serve({"--listen", "0.0.0.0:0", "--token-file", path("token")});
    m_url.replace(m_url.find("0.0.0.0"), 7, "127.0.0.1");
    HttpClient client(m_url);
    QCOMPARE(client.get("/healthz").status, 200);
    QCOMPARE(client.get("/metrics").status, 401);
    QCOMPARE(client.post("/v1/predict", "{\"text\":\"w2\"}").status, 401);
    QCOMPARE(client.post("/v1/predict", "{\"text\":\"w2\"}", "Authorization: Bearer a token of more than sixteem\r\n").status, 401);
    QCOMPARE(client.post("/v1/predict", "{\"text\":\"w2\"}", "Authorization: Bearer a token of more than sixteen\r\n").status, 200);
}

void tst_EdgeServer::aUnixSocketServesToo()
{
    const QString socket = path("s.sock");
    serve({"--listen", "unix:" + socket});
    QCOMPARE(m_url, "unix:" + socket.toStdString());
    QVERIFY(predict("w2").contains("label"));
    m_server->kill(); // its file stays
    m_server->waitForFinished();
    QVERIFY(QFile::exists(socket));
    serve({"--listen", "unix:" + socket});
    QVERIFY(predict("w2").contains("label"));
    ::kill(static_cast<pid_t>(m_server->processId()), SIGTERM);
    QVERIFY(m_server->waitForFinished());
    QCOMPARE(m_server->exitCode(), 0);
    QVERIFY(!QFile::exists(socket));
}

void tst_EdgeServer::aNewPackageIsTakenWithoutLosingARequest()
{
    serve({"--threads", "2"});
    std::atomic<bool> over = false;
    std::atomic<int> answered = 0;
    std::atomic<int> failed = 0;
    std::vector<std::thread> clients;
    for (int c = 0; c < 8; ++c)
        clients.emplace_back([&] {
            HttpClient client(m_url);
            while (!over)
                ++(client.post("/v1/predict", "{\"text\":\"w2 w3 w5\"}").status == 200 ? answered : failed);
        });
    for (std::uint64_t seed = 20; seed < 24; ++seed) {
        replace(test::textCnnPackage({.seed = seed}).build());
        ::kill(static_cast<pid_t>(m_server->processId()), SIGHUP);
        QTest::qWait(300);
    }
    const std::string last = test::textCnnPackage({.seed = 99}).build();
    replace(last); // found without being told
    auto session = Session::fromBytes(last);
    const std::string expected = session->labels()[session->classify("w7 w9 w11").label];
    const double score = static_cast<double>(session->classify("w7 w9 w11").probabilities[session->classify("w7 w9 w11").label]);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(predict("w7 w9 w11").at("score").get<double>() - score) < 1e-5, 10000);
    QCOMPARE(predict("w7 w9 w11").at("label").get<std::string>(), expected);
    over = true;
    for (std::thread& client : clients)
        client.join();
    QCOMPARE(failed.load(), 0);
    QVERIFY2(answered > 100, qPrintable(QString::number(answered)));
}

void tst_EdgeServer::aBrokenPackageChangesNothing()
{
    serve();
    const Json before = predict("w2 w3");
    replace(m_package.substr(0, m_package.size() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(HttpClient(m_url).get("/metrics").body.find("espalier_models_refused_total 1") != std::string::npos, 10000);
    QCOMPARE(dumpJson(predict("w2 w3")), dumpJson(before));
    QByteArray said; // it is counted before it is said
    QTRY_VERIFY((said += m_server->readAllStandardError()).contains("the one before stays"));
}

void tst_EdgeServer::whenTooManyWaitTheyAreToldSo()
{
    serve({"--queue", "1"});
    Json texts = Json::array();
    for (std::uint64_t i = 0; i < 1000; ++i)
        texts.push_back(test::randomSentence(i));
    const std::string slow = dumpJson({{"texts", texts}});
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 24; ++i) {
        clients.push_back(std::make_unique<HttpClient>(m_url));
        clients.back()->send(HttpClient::postText("/v1/predict_batch", slow));
    }
    int answered = 0;
    int refused = 0;
    for (auto& client : clients) {
        const auto response = client->receive();
        answered += response.status == 200;
        refused += response.status == 503 && response.head.find("Retry-After: 1") != std::string::npos;
    }
    QCOMPARE(answered + refused, 24);
    QVERIFY(answered >= 1 && refused >= 1);
}

void tst_EdgeServer::slowClientsAreClosed()
{
    serve({"--timeout", "0.3"});
    HttpClient client(m_url);
    client.send("POST /v1/predict HTTP/1.1\r\nHost: a\r\nContent-Le");
    const auto response = client.receive();
    QCOMPARE(response.status, 408);
    QVERIFY(client.isClosed());
}

void tst_EdgeServer::stoppingAnswersWhatWasAccepted()
{
    serve();
    Json texts = Json::array();
    for (std::uint64_t i = 0; i < 1000; ++i)
        texts.push_back(test::randomSentence(i));
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 6; ++i) {
        clients.push_back(std::make_unique<HttpClient>(m_url));
        clients.back()->send(HttpClient::postText("/v1/predict_batch", dumpJson({{"texts", texts}})));
    }
    HttpClient(m_url).get("/healthz"); // all six were read before
    ::kill(static_cast<pid_t>(m_server->processId()), SIGTERM);
    for (auto& client : clients) {
        const auto response = client->receive();
        QCOMPARE(response.status, 200);
        QCOMPARE(parseJson(response.body, "answers")->at("answers").size(), std::size_t{1000});
    }
    QVERIFY(m_server->waitForFinished(5000));
    QCOMPARE(m_server->exitCode(), 0);
}

void tst_EdgeServer::countsWhatItDid()
{
    serve();
    HttpClient client(m_url);
    for (int i = 0; i < 3; ++i)
        client.post("/v1/predict", "{\"text\":\"w2\"}");
    client.post("/v1/predict_batch", "{\"texts\":[\"w2\",\"w3\"]}");
    client.get("/nowhere");
    const std::string text = client.get("/metrics").body;
    for (const char* line : {"espalier_requests_total{route=\"/v1/predict\",status=\"200\"} 3", "espalier_requests_total{route=\"other\",status=\"404\"} 1", "espalier_sentences_total 5",
                             "espalier_prediction_seconds_count 4", "espalier_prediction_seconds_bucket{le=\"+Inf\"} 4", "espalier_models_loaded_total 1", "espalier_connections 1"})
        QVERIFY2(text.find(std::string(line) + "\n") != std::string::npos, qPrintable(QString("%1 in\n%2").arg(line, text.c_str())));
}

QTEST_GUILESS_MAIN(tst_EdgeServer)
#include "tst_EdgeServer.moc"
