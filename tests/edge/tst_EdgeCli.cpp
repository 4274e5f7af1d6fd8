// SPDX-License-Identifier: GPL-3.0-or-later
// The real executable as a process: the one of this build, and the cross-built ones under qemu where they are there.
#include "engine/core/Json.h"
#include "engine/edge/AnswerJson.h"
#include "engine/edge/SelfTestRunner.h"
#include "tests/edge/TaskPackages.h"

#include <QtTest>

using namespace espalier;
using namespace espalier::edge;

namespace {

struct Answer {
    int status = -1;
    QByteArray out;
    QByteArray err;

    [[nodiscard]] Json json() const
    {
        auto parsed = parseJson({out.constData(), static_cast<std::size_t>(out.trimmed().size())}, "output");
        return parsed ? *parsed : Json();
    }
    [[nodiscard]] QList<QByteArray> lines() const { return out.trimmed().split('\n'); }
};

/// Where a cross-built executable would be: $ESPALIER_EDGE_DIR/<arch>/espalier-edge, or the preset's build folder.
QString crossBuilt(const QString& arch)
{
    const QString folder = qEnvironmentVariable("ESPALIER_EDGE_DIR");
    for (const QString& path : {folder + "/" + arch + "/espalier-edge", folder + "/espalier-edge-" + arch,
                                QString(ESPALIER_SOURCE_DIR "/build/edge-%1/engine/edge/espalier-edge").arg(arch)})
        if (QFileInfo(path).isExecutable())
            return path;
    return {};
}

} // namespace

class tst_EdgeCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto builder = test::textCnnPackage({.encoding = "i8_sparse", .sparsity = 0.5});
        auto session = Session::fromBytes(builder.build(), scalarKernels());
        QVERIFY(session.ok());
        for (std::uint64_t i = 0; i < 40; ++i) {
            const std::string text = test::randomSentence(i);
            const auto answer = session->classify(text);
            const std::string label = session->labels()[answer.label];
            builder.header.selfTests.push_back({text, label, {answer.probabilities.begin(), answer.probabilities.end()}});
            m_sentences += text + "\n";
            m_labels << QString::fromStdString(label);
        }
        write("model.espkg", builder.build());
        builder.header.selfTests[3].label = builder.header.selfTests[3].label == "alpha" ? "beta" : "alpha";
        write("wrong.espkg", builder.build());
        write("encoder.espkg", test::encoderPackage("i8").build());
        m_encoderAnswers = run({"classify", path("encoder.espkg"), "--all"}, QByteArray::fromStdString(m_sentences)).out;
        QCOMPARE(m_encoderAnswers.count('\n'), 40);
        write("cut.espkg", builder.build().substr(0, 5000));
    }

    void answersLikeTheSession_data()
    {
        QTest::addColumn<QString>("arch");
        QTest::addColumn<QString>("runner");
        QTest::newRow("this build") << QString() << QString();
        QTest::newRow("x86_64") << "x86_64" << QString();
        QTest::newRow("aarch64") << "aarch64" << "qemu-aarch64-static";
        QTest::newRow("armhf") << "armhf" << "qemu-arm-static";
        QTest::newRow("riscv64") << "riscv64" << "qemu-riscv64-static";
    }

    void answersLikeTheSession()
    {
        QFETCH(QString, arch);
        QFETCH(QString, runner);
        QStringList prefix{arch.isEmpty() ? QString(ESPALIER_EDGE_PROGRAM) : crossBuilt(arch)};
        if (prefix[0].isEmpty())
            QSKIP(qPrintable("There is no espalier-edge for " + arch + ": build it with cmake --build --preset edge-" + arch));
        if (!runner.isEmpty()) {
            if (QStandardPaths::findExecutable(runner).isEmpty())
                QSKIP(qPrintable(runner + " is not installed (package qemu-user-static)"));
            prefix.prepend(runner);
        }
        for (const char* kernels : {"", "scalar"}) {
            qputenv("ESPALIER_EDGE_KERNELS", kernels);
            const Answer self = run(prefix, {"selftest", path("model.espkg")});
            QVERIFY2(self.status == 0, self.err);
            QCOMPARE(self.json()["max_abs_difference"].get<double>() < 1e-6, true);
            const Answer answer = run(prefix, {"classify", path("model.espkg")}, QByteArray::fromStdString(m_sentences));
            QVERIFY2(answer.status == 0, answer.err);
            QCOMPARE(answer.lines().size(), m_labels.size());
            for (int i = 0; i < m_labels.size(); ++i)
                QVERIFY(answer.lines()[i].contains("\"label\":\"" + m_labels[i].toUtf8() + "\""));
            // An encoder, with attention, norms and GELU, in the same figures on every processor.
            const Answer encoder = run(prefix, {"classify", path("encoder.espkg"), "--all"}, QByteArray::fromStdString(m_sentences));
            QVERIFY2(encoder.status == 0, encoder.err);
            QCOMPARE(encoder.out, m_encoderAnswers);
        }
        qunsetenv("ESPALIER_EDGE_KERNELS");
    }

    void everyLineGetsALine()
    {
        const QByteArray input = QByteArray("w2 w3\n\nw4\r\nbad \xff\xc3 bytes\n") + QByteArray("nul\0inside\n", 11) + "last without end";
        const Answer answer = run({"classify", path("model.espkg"), "--all", "--text"}, input);
        QCOMPARE(answer.status, 0);
        QCOMPARE(answer.lines().size(), 6);
        for (const QByteArray& line : answer.lines()) {
            const auto json = parseJson({line.constData(), static_cast<std::size_t>(line.size())}, "line");
            QVERIFY(json.ok());
            QCOMPARE((*json)["probabilities"].size(), std::size_t{4});
            QCOMPARE((*json)["probabilities"][(*json)["label"].get<std::string>()], (*json)["score"]);
        }
        QVERIFY(answer.lines()[2].contains("\"text\":\"w4\""));
    }

    void aLineOfMegabytesIsNamed()
    {
        const Answer answer = run({"classify", path("model.espkg")}, QByteArray(3 << 20, 'w') + "\nw2\n");
        QCOMPARE(answer.lines().size(), 2);
        QVERIFY(answer.lines()[0].contains("Line 1 is longer than 1 MiB"));
        QVERIFY(answer.lines()[1].contains("label"));
    }

    /// A program at the other end of a pipe gets each answer before it sends the next line.
    void answersAtOnce()
    {
        QProcess process;
        process.start(ESPALIER_EDGE_PROGRAM, {"classify", path("model.espkg")});
        for (int i = 0; i < 3; ++i) {
            process.write("w2 w3\n");
            QVERIFY(process.waitForReadyRead(20000));
            QVERIFY(process.readAllStandardOutput().endsWith("}\n"));
        }
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(20000));
    }

    void measures()
    {
        const Json bench = run({"bench", path("model.espkg"), "--seconds", "0.05"}).json();
        QVERIFY(bench["sentences"].get<int>() >= 1);
        QVERIFY(bench["p50_ms"].get<double>() > 0);
        QVERIFY(bench["p95_ms"].get<double>() >= bench["p50_ms"].get<double>());
        QVERIFY(bench["p99_ms"].get<double>() >= bench["p95_ms"].get<double>());
        QVERIFY(bench["sentences_per_second"].get<double>() > 0);
        QVERIFY(bench["load_ms"].get<double>() > 0);
        QVERIFY(bench["peak_memory_bytes"].get<double>() > 100'000);
        QVERIFY(bench["peak_memory_bytes"].get<double>() < 50'000'000);
    }

    void measuresByLength()
    {
        write("lengths.txt", "w2\nw2 w3 w4 w5 w6\nw2 w3\nw2 w3 w4 w5 w6 w7 w8 w9\n"); // 1, 5, 2 and 8 tokens
        const Json bench = run({"bench", path("model.espkg"), "--seconds", "0.05", "--input", path("lengths.txt")}).json();
        const Json& groups = bench["by_length"];
        QCOMPARE(groups.size(), std::size_t{3});
        int sentences = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(groups[i]["tokens"].get<int>(), (std::array{1, 2, 8}[i]));
            QVERIFY(groups[i]["p50_ms"].get<double>() > 0);
            sentences += groups[i]["sentences"].get<int>();
        }
        QCOMPARE(sentences, bench["sentences"].get<int>());
    }

    void evaluates()
    {
        // Truth: the model's own label; but the first four sentences claim "alpha", and so do all with one label, which therefore
        // is predicted without ever occurring. Such a class counts in macro-F1; one that is neither does not.
        const auto other = std::find_if(m_labels.begin(), m_labels.end(), [](const QString& label) { return label != "alpha"; });
        QVERIFY(other != m_labels.end());
        std::string tsv;
        const auto sentences = QString::fromStdString(m_sentences).split('\n');
        int hits = 0;
        std::map<std::string, std::array<int, 3>> counts; // truth, predicted, hit
        for (int i = 0; i < m_labels.size(); ++i) {
            const std::string truth = i < 4 || m_labels[i] == *other ? "alpha" : m_labels[i].toStdString();
            tsv += sentences[i].toStdString() + "\t" + truth + "\n";
            const bool hit = truth == m_labels[i].toStdString();
            hits += hit ? 1 : 0;
            ++counts[truth][0];
            ++counts[m_labels[i].toStdString()][1];
            counts[truth][2] += hit ? 1 : 0;
        }
        double macro = 0;
        for (const auto& [label, c] : counts)
            macro += 2.0 * c[2] / (c[0] + c[1]) / static_cast<double>(counts.size());
        write("test.tsv", tsv);
        const Json plain = run({"evaluate", path("model.espkg"), "--input", path("test.tsv")}).json();
        QCOMPARE(plain["sentences"].get<int>(), int(m_labels.size()));
        QVERIFY(std::fabs(plain["accuracy"].get<double>() - double(hits) / double(m_labels.size())) < 1e-9);
        QVERIFY(std::fabs(plain["macro_f1"].get<double>() - macro) < 1e-9);
        QCOMPARE(plain["latency"]["sentences"].get<int>(), int(m_labels.size()));
        QVERIFY(!plain.contains("predictions"));
        const Json full = run({"evaluate", path("model.espkg"), "--input", path("test.tsv"), "--predictions"}).json();
        for (int i = 0; i < m_labels.size(); ++i)
            QCOMPARE(QString::fromStdString(full["predictions"][static_cast<std::size_t>(i)].get<std::string>()), m_labels[i]);
        write("one.tsv", sentences[0].toStdString() + "\t" + m_labels[0].toStdString() + "\n");
        QCOMPARE(run({"evaluate", path("model.espkg"), "--input", path("one.tsv")}).json()["macro_f1"].get<double>(), 1.0);
    }

    void evaluatesOtherTasks_data()
    {
        QTest::addColumn<int>("task");
        QTest::addColumn<QString>("items");
        QTest::newRow("several labels") << int(Task::MultiLabel) << "labels";
        QTest::newRow("tags") << int(Task::TokenTags) << "entities";
    }

    /// The truth is what the session answers; then one sentence's is taken away, whose items the session gives without need.
    void evaluatesOtherTasks()
    {
        QFETCH(int, task);
        QFETCH(QString, items);
        const std::string bytes = test::taskPackage(Task(task)).build();
        write("task.espkg", bytes);
        auto session = Session::fromBytes(bytes);
        QVERIFY(session.ok());
        std::vector<Json> truth;
        std::size_t total = 0;
        std::size_t most = 0;
        for (std::uint64_t i = 0; i < 40; ++i) {
            truth.push_back(answerJson(*session, test::randomSentence(i), {.text = true}));
            const std::size_t count = truth.back()[items.toStdString()].size();
            total += count;
            most = count > truth[most][items.toStdString()].size() ? i : most;
        }
        const auto evaluated = [&](const QStringList& more) {
            std::string lines;
            for (const Json& line : truth)
                lines += dumpJson(line) + "\n";
            write("truth.jsonl", lines);
            return run(QStringList{"evaluate", path("task.espkg"), "--input", path("truth.jsonl")} + more).json();
        };
        const Json all = evaluated({});
        const std::string score = all["score"].get<std::string>();
        QCOMPARE(score, std::string(scoreName(Task(task))));
        QCOMPARE(all["sentences"].get<int>(), 40);
        QCOMPARE(all[score].get<double>(), 1.0);
        QCOMPARE(all["macro_f1"].get<double>(), 1.0);
        QCOMPARE(all.contains("accuracy"), Task(task) == Task::MultiLabel);
        const auto taken = truth[most][items.toStdString()].size();
        QVERIFY(taken > 0);
        truth[most][items.toStdString()] = Json::array();
        const Json less = evaluated({"--predictions"});
        const double precision = double(total - taken) / double(total);
        QVERIFY(std::fabs(less["precision"].get<double>() - precision) < 1e-9);
        QCOMPARE(less["recall"].get<double>(), 1.0);
        QVERIFY(std::fabs(less[score].get<double>() - 2 * precision / (precision + 1)) < 1e-9);
        QCOMPARE(less["predictions"][most][items.toStdString()].size(), taken);
    }

    void badLabelledLinesAreNamed_data()
    {
        QTest::addColumn<int>("task");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("named");
        QTest::newRow("no JSON") << int(Task::MultiLabel) << QByteArray("w2\talpha") << "truth.jsonl', line 2";
        QTest::newRow("no text") << int(Task::MultiLabel) << QByteArray(R"({"labels":["alpha"]})") << "text";
        QTest::newRow("no list") << int(Task::MultiLabel) << QByteArray(R"({"text":"w2","labels":"alpha"})") << "labels";
        QTest::newRow("unknown label") << int(Task::MultiLabel) << QByteArray(R"({"text":"w2","labels":["omega"]})") << "'omega'";
        QTest::newRow("unknown type") << int(Task::TokenTags) << QByteArray(R"({"text":"w2","entities":[{"type":"O","begin":0,"end":2}]})") << "'O'";
        QTest::newRow("outside") << int(Task::TokenTags) << QByteArray(R"({"text":"w2","entities":[{"type":"room","begin":1,"end":3}]})") << "byte 1 to 3";
        QTest::newRow("backwards") << int(Task::TokenTags) << QByteArray(R"({"text":"w2","entities":[{"type":"room","begin":1,"end":1}]})") << "byte 1 to 1";
    }

    void badLabelledLinesAreNamed()
    {
        QFETCH(int, task);
        QFETCH(QByteArray, line);
        QFETCH(QString, named);
        write("task.espkg", test::taskPackage(Task(task)).build());
        write("truth.jsonl", "\n" + line.toStdString() + "\n");
        const Answer answer = run({"evaluate", path("task.espkg"), "--input", path("truth.jsonl")});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("truth.jsonl', line 2") && QString::fromUtf8(answer.err).contains(named), answer.err);
    }

    void badRowsAreNamed()
    {
        write("bad.tsv", "w2\talpha\nno tab here\n");
        const Answer noTab = run({"evaluate", path("model.espkg"), "--input", path("bad.tsv")});
        QCOMPARE(noTab.status, 1);
        QVERIFY2(noTab.err.contains("bad.tsv', line 2 has no tab"), noTab.err);
        write("bad.tsv", "w2\tomega\n");
        const Answer label = run({"evaluate", path("model.espkg"), "--input", path("bad.tsv")});
        QVERIFY2(label.err.contains("line 1") && label.err.contains("'omega'"), label.err);
    }

    void informs()
    {
        const Json info = run({"info", path("model.espkg")}).json();
        QCOMPARE(info["format_version"].get<std::uint32_t>(), edge::packageVersion);
        QCOMPARE(info["precision"].get<std::string>(), std::string("int8"));
        QCOMPARE(info["labels"].size(), std::size_t{4});
        QCOMPARE(info["tensors"][0]["encoding"].get<std::string>(), std::string("i8_sparse"));
        QCOMPARE(info["provenance"]["made_by"].get<std::string>(), std::string("test"));
        QCOMPARE(info["kernels"].get<std::string>(), std::string(chosenKernels().name));
        QCOMPARE(info["kernels_available"][0].get<std::string>(), std::string("scalar"));
        QVERIFY(!info.contains("plan"));
    }

    void failsWithASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("named");
        QTest::newRow("nothing") << QStringList{} << 2 << "--help";
        QTest::newRow("command") << QStringList{"dance"} << 2 << "'dance'";
        QTest::newRow("no package") << QStringList{"info"} << 2 << "path of a package";
        QTest::newRow("option") << QStringList{"info", "x", "--all"} << 2 << "'--all'";
        QTest::newRow("value") << QStringList{"bench", "x", "--seconds"} << 2 << "needs a value";
        QTest::newRow("seconds") << QStringList{"bench", "x", "--seconds", "soon"} << 2 << "'soon'";
        QTest::newRow("no input") << QStringList{"evaluate", "x"} << 2 << "--input";
        QTest::newRow("too many") << QStringList{"info", "x", "y"} << 2 << "'y'";
        QTest::newRow("missing file") << QStringList{"classify", path("none.espkg")} << 1 << "none.espkg";
        QTest::newRow("cut short") << QStringList{"selftest", path("cut.espkg")} << 1 << "cut short";
        QTest::newRow("self-test") << QStringList{"selftest", path("wrong.espkg")} << 1 << QString::fromStdString(test::randomSentence(3));
        QTest::newRow("missing input") << QStringList{"classify", path("model.espkg"), "--input", path("none.txt")} << 1 << "none.txt";
    }

    void failsWithASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, named);
        const Answer answer = run(arguments);
        QCOMPARE(answer.status, status);
        QVERIFY2(answer.err.startsWith("espalier-edge: ") && QString::fromUtf8(answer.err).contains(named), answer.err);
    }

    void versionAndHelp()
    {
        QVERIFY(run({"--version"}).out.startsWith("espalier-edge "));
        QVERIFY(run({"--help"}).out.contains("classify PACKAGE"));
        QVERIFY(run({"bench", "--help"}).out.contains("classify PACKAGE"));
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    void write(const QString& name, const std::string& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
    }

    static Answer run(const QStringList& arguments, const QByteArray& input = {}) { return run({ESPALIER_EDGE_PROGRAM}, arguments, input); }
    static Answer run(QStringList program, const QStringList& arguments, const QByteArray& input = {})
    {
        QProcess process;
        const QString first = program.takeFirst();
        process.start(first, program + arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QTemporaryDir m_folder;
    std::string m_sentences;
    QStringList m_labels;
    QByteArray m_encoderAnswers;
};

QTEST_GUILESS_MAIN(tst_EdgeCli)
#include "tst_EdgeCli.moc"
