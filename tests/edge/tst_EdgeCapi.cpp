// SPDX-License-Identifier: GPL-3.0-or-later
// The C interface, called from this process: the same answers as the session below it, and an error for all that can go wrong.
#include "engine/edge/capi/espalier_edge.h"

#include "tests/edge/TaskPackages.h"

#include <QtTest>

#include <atomic>
#include <clocale>
#include <thread>

using namespace espalier;
using namespace espalier::edge;

namespace {

struct Closer {
    void operator()(espalier_edge_session* session) const { espalier_edge_close(session); }
};
using Handle = std::unique_ptr<espalier_edge_session, Closer>;

Handle opened(const std::string& package)
{
    espalier_edge_session* session = nullptr;
    espalier_edge_open_memory(package.data(), package.size(), &session);
    return Handle(session);
}

espalier_edge_answer answered(const Handle& session, const std::string& text)
{
    espalier_edge_answer answer;
    const auto status = espalier_edge_classify(session.get(), text.data(), text.size(), &answer);
    return status == ESPALIER_EDGE_OK ? answer : espalier_edge_answer{};
}

bool sayingWhy(const char* named) { return QByteArray(espalier_edge_last_error()).contains(named); }

std::vector<std::string> sentences()
{
    std::vector<std::string> all{"", " ", "w2", "bad \xff\xc3 bytes", std::string("nul\0inside", 10), std::string(ESPALIER_EDGE_MAX_TEXT_BYTES, 'w'), "照明 w3 关"};
    for (std::uint64_t i = 0; i < 40; ++i)
        all.push_back(test::randomSentence(i));
    for (int byte = 0; byte < 256; ++byte)
        all.push_back(std::string("w5 ") + static_cast<char>(byte) + " w7");
    return all;
}

} // namespace

class tst_EdgeCapi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersLikeTheSession_data() { tasks(); }
    void answersLikeTheSession()
    {
        QFETCH(int, task);
        const std::string package = test::taskPackage(static_cast<Task>(task)).build();
        auto session = Session::fromBytes(package);
        const Handle handle = opened(package);
        QVERIFY2(session && handle, espalier_edge_last_error());
        for (const std::string& text : sentences()) {
            const auto expected = session->classify(text);
            const auto answer = answered(handle, text);
            QCOMPARE(answer.label, expected.label);
            QCOMPARE(std::string(answer.text), session->answerText(expected));
            QVERIFY(std::equal(expected.probabilities.begin(), expected.probabilities.end(), answer.probabilities, answer.probabilities + answer.probability_count));
            QCOMPARE(answer.in_scope, 1);
            QCOMPARE(answer.word_count, expected.words.size());
            for (std::size_t w = 0; w < answer.word_count; ++w) {
                const auto row = expected.probabilities.subspan(w * 4, 4);
                QCOMPARE(answer.words[w].begin, std::size_t{expected.words[w].begin});
                QCOMPARE(answer.words[w].end, std::size_t{expected.words[w].end});
                QCOMPARE(answer.words[w].label, bestOf(row));
                QCOMPARE(answer.words[w].probability, row[bestOf(row)]);
            }
        }
    }

    void describesTheModel()
    {
        auto builder = test::taskPackage(Task::MultiLabel);
        builder.header.rejectBelow = 0.25;
        const Handle session = opened(builder.build());
        espalier_edge_model model;
        QCOMPARE(espalier_edge_describe(session.get(), &model), ESPALIER_EDGE_OK);
        QCOMPARE(model.task, ESPALIER_EDGE_MULTI_LABEL);
        QCOMPARE(model.label_count, std::size_t{4});
        QCOMPARE(std::string(model.labels[3]), std::string("delta"));
        QCOMPARE(model.threshold, 0.4);
        QCOMPARE(model.reject_below, 0.25);
        QVERIFY(QByteArray(espalier_edge_version()).count('.') == 2);
    }

    void saysWhatIsOutOfScope()
    {
        auto builder = test::taskPackage(Task::SingleLabel);
        builder.header.rejectBelow = 0.9999;
        QCOMPARE(answered(opened(builder.build()), "w2 w3").in_scope, 0);
    }

    void repeatsTheSelfTest_data() { tasks(); }
    void repeatsTheSelfTest()
    {
        QFETCH(int, task);
        auto builder = test::taskPackage(static_cast<Task>(task));
        espalier_edge_test test;
        QCOMPARE(espalier_edge_self_test(opened(builder.build()).get(), &test), ESPALIER_EDGE_OK);
        QCOMPARE(test.sentences, std::size_t{20});
        QCOMPARE(test.labels_equal, std::size_t{20});
        QVERIFY(test.max_abs_difference < 1e-6);
        builder.header.selfTests[7].label += "?";
        QCOMPARE(espalier_edge_self_test(opened(builder.build()).get(), nullptr), ESPALIER_EDGE_SELF_TEST_FAILED);
        QVERIFY2(sayingWhy(builder.header.selfTests[7].text.c_str()), espalier_edge_last_error());
        builder.header.selfTestAgreement = 0.9;
        QCOMPARE(espalier_edge_self_test(opened(builder.build()).get(), &test), ESPALIER_EDGE_OK);
        QCOMPARE(test.labels_equal, std::size_t{19});
    }

    /// What was opened needs neither the file nor the memory it came from, nor that this was aligned.
    void keepsNothingOfThePackage()
    {
        const std::string package = test::taskPackage(Task::SingleLabel).build();
        std::string moved = "x" + package;
        espalier_edge_session* session = nullptr;
        QCOMPARE(espalier_edge_open_memory(moved.data() + 1, package.size(), &session), ESPALIER_EDGE_OK);
        const Handle fromMemory(session);
        moved.assign(moved.size(), '\0');
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(package.data(), static_cast<qint64>(package.size())) > 0 && file.flush());
        QCOMPARE(espalier_edge_open_file(file.fileName().toUtf8(), &session), ESPALIER_EDGE_OK);
        const Handle fromFile(session);
        QVERIFY(file.resize(0) && file.remove());
        const float expected = Session::fromBytes(package)->classify("w2 w9").probabilities[0];
        QCOMPARE(answered(fromMemory, "w2 w9").probabilities[0], expected);
        QCOMPARE(answered(fromFile, "w2 w9").probabilities[0], expected);
    }

    void refusesWhatIsNoPackage()
    {
        const std::string package = test::taskPackage(Task::TokenTags).build();
        for (std::size_t length = 0; length < package.size(); length += 64) {
            espalier_edge_session* session = reinterpret_cast<espalier_edge_session*>(&length); // as one that was not initialised
            QCOMPARE(espalier_edge_open_memory(package.data(), length, &session), ESPALIER_EDGE_INVALID_FORMAT);
            QVERIFY(session == nullptr);
            QVERIFY2(sayingWhy(length < 8 ? "package" : "cut short"), espalier_edge_last_error());
        }
        std::string damaged = package;
        damaged[damaged.size() - 9] ^= 1;
        QVERIFY(!opened(damaged) && sayingWhy("damaged"));
        std::string newer = package;
        newer[8] = 99;
        QVERIFY(!opened(newer) && sayingWhy("version"));
        auto unknown = test::textCnnPackage();
        unknown.header.program.ops[0].kind = "convolve";
        espalier_edge_session* session = nullptr;
        const std::string bytes = unknown.build();
        QCOMPARE(espalier_edge_open_memory(bytes.data(), bytes.size(), &session), ESPALIER_EDGE_UNSUPPORTED);
        QVERIFY(sayingWhy("'convolve'"));
    }

    void namesTheFileThatCannotBeRead()
    {
        espalier_edge_session* session = nullptr;
        QCOMPARE(espalier_edge_open_file("/nowhere/none.espkg", &session), ESPALIER_EDGE_NOT_FOUND);
        QVERIFY2(sayingWhy("/nowhere/none.espkg"), espalier_edge_last_error());
        QCOMPARE(espalier_edge_open_file("/", &session), ESPALIER_EDGE_INVALID_ARGUMENT);
        QVERIFY2(sayingWhy("not a regular file"), espalier_edge_last_error());
        const std::string longPath = "/" + std::string(600, 'a') + "€" + std::string(2000, 'b');
        QVERIFY(espalier_edge_open_file(longPath.c_str(), &session) != ESPALIER_EDGE_OK);
        QVERIFY(QByteArray(espalier_edge_last_error()).size() == 1023);
        for (std::size_t cut = 980; cut < 1023; ++cut) { // the character stands across the end of the message in two of them
            QVERIFY(espalier_edge_open_file(("/" + std::string(cut, 'a') + "€" + std::string(2000, 'b')).c_str(), &session) != ESPALIER_EDGE_OK);
            const QByteArray message = espalier_edge_last_error();
            QCOMPARE(QString::fromUtf8(message).toUtf8(), message);
            QVERIFY(!QString::fromUtf8(message).contains(QChar::ReplacementCharacter));
        }
    }

    void namesTheArgumentThatIsMissing()
    {
        const Handle session = opened(test::taskPackage(Task::SingleLabel).build());
        espalier_edge_session* other = nullptr;
        espalier_edge_answer answer;
        espalier_edge_model model;
        const auto refused = [](espalier_edge_status status, const char* named) { return status == ESPALIER_EDGE_INVALID_ARGUMENT && sayingWhy(named); };
        QVERIFY(refused(espalier_edge_open_file(nullptr, &other), "'path'"));
        QVERIFY(refused(espalier_edge_open_file("x", nullptr), "'session'"));
        QVERIFY(refused(espalier_edge_open_memory(nullptr, 4, &other), "'package'"));
        QVERIFY(refused(espalier_edge_open_memory("x", 1, nullptr), "'session'"));
        QVERIFY(refused(espalier_edge_describe(nullptr, &model), "'session'"));
        QVERIFY(refused(espalier_edge_describe(session.get(), nullptr), "'model'"));
        QVERIFY(refused(espalier_edge_classify(nullptr, "x", 1, &answer), "'session'"));
        QVERIFY(refused(espalier_edge_classify(session.get(), nullptr, 1, &answer), "'text'"));
        QVERIFY(refused(espalier_edge_classify(session.get(), "x", 1, nullptr), "'answer'"));
        QVERIFY(refused(espalier_edge_self_test(nullptr, nullptr), "'session'"));
        QCOMPARE(espalier_edge_classify(session.get(), nullptr, 0, &answer), ESPALIER_EDGE_OK);
        espalier_edge_close(nullptr);
        const std::string tooLong(ESPALIER_EDGE_MAX_TEXT_BYTES + 1, 'w');
        QVERIFY(refused(espalier_edge_classify(session.get(), tooLong.data(), tooLong.size(), &answer), "1 MiB"));
        QVERIFY(answer.text == nullptr && answer.probability_count == 0);
    }

    void threadsDoNotMeet()
    {
        const std::string package = test::taskPackage(Task::TokenTags).build();
        const std::string text = test::randomSentence(4);
        const Handle here = opened(package);
        const std::string expected = answered(here, text).text;
        std::atomic<int> wrong = 0;
        QVERIFY(!opened("here"));
        const std::string error = espalier_edge_last_error();
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                wrong += espalier_edge_last_error()[0] != '\0';
                const Handle own = opened(package);
                for (int k = 0; k < 50; ++k)
                    wrong += answered(own, text).text != expected;
                wrong += opened("").get() != nullptr;
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(std::string(espalier_edge_last_error()), error);
    }

    /// A product may have set a locale that writes 0,5 for 0.5.
    void opensUnderEveryLocale()
    {
        const QTemporaryDir folder;
        QProcess make;
        make.start("localedef", {"--no-archive", "-i", "de_DE", "-f", "UTF-8", folder.filePath("de_DE.UTF-8")});
        if (!make.waitForFinished() || make.exitCode() != 0)
            QSKIP("This system cannot make a German locale (packages libc-bin and locales)");
        qputenv("LOCPATH", folder.path().toUtf8());
        auto builder = test::encoderPackage("i8");
        for (auto& op : builder.header.program.ops)
            if (op.kind == "linear" || op.kind == "layer_norm")
                op.attributes[op.kind == "linear" ? "input_range" : "epsilon"] = "0.75";
        const std::string package = builder.build();
        QVERIFY(std::setlocale(LC_NUMERIC, "de_DE.UTF-8") != nullptr);
        const Handle session = opened(package);
        std::setlocale(LC_NUMERIC, "C");
        QVERIFY2(session, espalier_edge_last_error());
    }

private:
    static void tasks()
    {
        QTest::addColumn<int>("task");
        QTest::newRow("single label") << int(Task::SingleLabel);
        QTest::newRow("multi label") << int(Task::MultiLabel);
        QTest::newRow("token tags") << int(Task::TokenTags);
    }
};

QTEST_GUILESS_MAIN(tst_EdgeCapi)
#include "tst_EdgeCapi.moc"
