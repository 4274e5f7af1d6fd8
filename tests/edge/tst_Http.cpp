// SPDX-License-Identifier: GPL-3.0-or-later
// Requests out of bytes: in any pieces, and hostile ones.
#include "engine/edge/server/Http.h"

#include <QtTest>

using namespace espalier::edge;

class tst_Http : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsRequestsInAnyPieces()
    {
        const std::string bytes = "POST /v1/predict?x=1 HTTP/1.1\r\nHost: a\r\nX-Two:  b c \r\nContent-Length: 5\r\n\r\nhello\r\nGET /healthz HTTP/1.0\r\n\r\n";
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
            HttpReader reader;
            std::vector<HttpRequest> requests;
            for (std::size_t at = 0; at < bytes.size(); at += piece) {
                reader.feed(std::string_view(bytes).substr(at, piece));
                while (auto request = reader.next())
                    requests.push_back(std::move(*request));
            }
            QCOMPARE(requests.size(), std::size_t{2});
            QCOMPARE(requests[0].path, std::string("/v1/predict"));
            QCOMPARE(requests[0].body, std::string("hello"));
            QCOMPARE(std::string(requests[0].header("x-two")), std::string("b c"));
            QVERIFY(requests[0].keepAlive && !requests[1].keepAlive);
            QVERIFY(!reader.failure() && !reader.midway());
        }
    }

    void refusesWhatIsNotHttp_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const QByteArray& bytes, int status) { QTest::newRow(name) << bytes << status; };
        row("no version", "GET /\r\n\r\n", 400);
        row("spaces in the target", "GET / x HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("another protocol", "\x16\x03\x01\x02 x y\r\n\r\n", 400);
        row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
        row("no path", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
        row("a folded line", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400);
        row("a control character", QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 29), 400);
        row("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400);
        row("a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400);
        row("a length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na", 400);
        row("an endless length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413);
        row("a large body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413);
        row("no length", "POST / HTTP/1.1\r\nHost: a\r\n\r\n", 411);
        row("chunks", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501);
        row("a long head", "GET / HTTP/1.1\r\nHost: " + QByteArray(20000, 'a'), 431);
    }

    void refusesWhatIsNotHttp()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        HttpReader reader;
        reader.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        QVERIFY(!reader.next());
        QVERIFY(reader.failure());
        QCOMPARE(reader.failure()->status, status);
        reader.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(!reader.next()); // where one request ends and the next begins is not known any more
    }

    void asksForTheBodyOnce()
    {
        HttpReader reader;
        reader.feed("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QVERIFY(!reader.next());
        QVERIFY(reader.takeContinue());
        QVERIFY(!reader.takeContinue());
        reader.feed("ok");
        QCOMPARE(reader.next()->body, std::string("ok"));
    }

    void writesResponses()
    {
        const HttpResponse response{.body = "{}", .headers = {{"Retry-After", "1"}}};
        QCOMPARE(serialize(response, false), std::string("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nRetry-After: 1\r\nConnection: close\r\n\r\n{}"));
        QVERIFY(serialize(response, true, true).ends_with("Connection: keep-alive\r\n\r\n"));
    }
};

QTEST_GUILESS_MAIN(tst_Http)
#include "tst_Http.moc"
