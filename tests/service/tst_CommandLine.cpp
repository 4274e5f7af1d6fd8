// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/SafeFile.h"
#include "tests/support/ToyProject.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace espalier;

class tst_CommandLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void wrongUseExplainsItself_data();
    void wrongUseExplainsItself();
    void runsAProjectAndFindsItAgain();
    void evaluatesAndExportsACheckpoint();
    void sweepsACheckpoint();
    void writesAProjectWithTheRecipe();
    void measuresEachLayer();
    void learnsAndLoadsSubwords();
    void showsTokens();
    void saysWhatLeaksIntoTheTest();

private:
    int engine(const QStringList& arguments);
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project;
    QString m_out;
    QString m_errors;
};

void tst_CommandLine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    test::writeToyProject(m_folder->path().toStdString());
    m_project = m_folder->filePath("toy.espalier");
}

int tst_CommandLine::engine(const QStringList& arguments)
{
    QProcess process;
    process.start(ESPALIER_ENGINE_PATH, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(240000))
        return -1;
    m_out = QString::fromUtf8(process.readAllStandardOutput());
    m_errors = QString::fromUtf8(process.readAllStandardError());
    return process.exitCode();
}

void tst_CommandLine::wrongUseExplainsItself_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("says");
    QTest::newRow("no command") << QStringList{} << 2 << "subcommand";
    QTest::newRow("unknown command") << QStringList{"frobnicate"} << 2 << "";
    QTest::newRow("no such project") << QStringList{"run", "/no/such.espalier"} << 1 << "/no/such.espalier";
    QTest::newRow("set without a value") << QStringList{"run", "PROJECT", "--set", "train.epochs"} << 1 << "node.parameter=value";
    QTest::newRow("set of an unknown node") << QStringList{"run", "PROJECT", "--set", "trian.epochs=3"} << 1 << "trian";
    QTest::newRow("set of an unknown parameter") << QStringList{"run", "PROJECT", "--set", "train.epoch=3"} << 1 << "epochs";
    QTest::newRow("set out of range") << QStringList{"run", "PROJECT", "--set", "prune.sparsity=1.5"} << 1 << "0.99";
    QTest::newRow("unknown target") << QStringList{"run", "PROJECT", "--to", "nowhere"} << 1 << "nowhere";
    QTest::newRow("sweep over nothing known") << QStringList{"sweep", "PROJECT", "train", "--over", "sparseness=0.5"} << 1 << "sparseness=0.5";
    QTest::newRow("sweep over no number") << QStringList{"sweep", "PROJECT", "train", "--over", "sparsity=0.5,half"} << 1 << "half";
    QTest::newRow("sweep before a run") << QStringList{"sweep", "PROJECT", "train"} << 1 << "Run the pipeline";
    QTest::newRow("sweep of no checkpoint") << QStringList{"sweep", "PROJECT", "trian"} << 1 << "trian";
    QTest::newRow("recipe without a budget") << QStringList{"recipe", "PROJECT", "train"} << 1 << "No budget";
    QTest::newRow("recipe of negative loss") << QStringList{"recipe", "PROJECT", "train", "--max-loss=-1"} << 1 << "'max_points_lost' is -1";
    QTest::newRow("recipe before a run") << QStringList{"recipe", "PROJECT", "train", "--max-size", "3MB"} << 1 << "Run the pipeline";
    QTest::newRow("missing data") << QStringList{"run", "PROJECT", "--set", "dataset.train=gone.tsv"} << 1 << "gone.tsv";
    QTest::newRow("no checkpoint") << QStringList{"evaluate", "/no/checkpoint", "--data", "x.tsv"} << 1 << "/no/checkpoint";
    QTest::newRow("no package") << QStringList{"deploy"} << 2 << "package";
    QTest::newRow("unknown device") << QStringList{"classify", "--device", "toaster", "hello"} << 1 << "toaster";
}

void tst_CommandLine::wrongUseExplainsItself()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QString, says);
    arguments.replaceInStrings("PROJECT", m_project);
    QCOMPARE(engine(arguments), status);
    QVERIFY2((m_errors + m_out).contains(says), qPrintable(m_errors + m_out));
}

void tst_CommandLine::runsAProjectAndFindsItAgain()
{
    QCOMPARE(engine({"run", m_project, "--to", "package", "--set", "train.epochs=4"}), 0);
    QVERIFY(m_out.contains("accuracy") && m_out.contains("bytes"));
    QVERIFY2(m_out.contains("of 48 validation sentences flip"), qPrintable(m_out));
    const QString report = QRegularExpression("(\\S+flips\\.json)").match(m_out).captured(1);
    QVERIFY2(QFile::exists(report), qPrintable(m_out));
    QCOMPARE(engine({"run", m_project, "--to", "package", "--set", "train.epochs=4", "--json"}), 0);
    const auto outcome = parseJson(m_out.toStdString(), "outcome");
    QVERIFY(outcome);
    for (const auto& [node, state] : outcome->at("nodes").items())
        QVERIFY2(state.at("cached").get<bool>(), node.c_str());
}

void tst_CommandLine::evaluatesAndExportsACheckpoint()
{
    QCOMPARE(engine({"run", m_project, "--to", "train", "--json"}), 0);
    const auto print = parseJson(m_out.toStdString(), "outcome")->at("nodes").at("train").at("fingerprint").get<std::string>();
    const QString checkpoint = m_folder->filePath(".espalier/artefacts/" + QString::fromStdString(print));
    QCOMPARE(engine({"evaluate", checkpoint, "--data", m_folder->filePath("test.tsv"), "--predictions"}), 0);
    QCOMPARE(m_out.count('\n'), 24);
    const QString package = m_folder->filePath("out.espkg");
    QCOMPARE(engine({"export", checkpoint, "--data", m_folder->filePath("test.tsv"), "--output", package, "--precision", "fp32"}), 0);
    QVERIFY(QFile::exists(package));
}

void tst_CommandLine::sweepsACheckpoint()
{
    QCOMPARE(engine({"run", m_project, "--to", "train"}), 0);
    const QStringList sweep{"sweep", m_project, "train", "--over", "score=magnitude,lamp", "--over", "method=global", "--over", "embeddings=own", "--over", "sparsity=0,0.5"};
    QCOMPARE(engine(sweep), 0);
    QCOMPARE(m_out.count(QLatin1Char('\n')), 3);
    QVERIFY2(m_out.contains("lamp global free own") && m_out.contains("50.00 % sparse"), qPrintable(m_out));
    QVERIFY2(m_errors.contains("3 of 3 points, 0 of them measured before"), qPrintable(m_errors));
    QCOMPARE(engine(sweep + QStringList{"--json"}), 0);
    const auto report = parseJson(m_out.toStdString(), "report");
    QVERIFY(report && report->at("known") == 3);
}

void tst_CommandLine::writesAProjectWithTheRecipe()
{
    QCOMPARE(engine({"run", m_project, "--to", "train"}), 0);
    const QString saved = m_folder->filePath("small.espalier");
    QCOMPARE(engine({"recipe", m_project, "train", "--max-loss", "5", "--trainings", "0", "--save", saved}), 0);
    QVERIFY2(m_out.contains("recommended: ") && m_out.contains("It is the smallest"), qPrintable(m_out));
    const QString bytes = QRegularExpression("Accuracy lost.*points").match(m_out).captured();
    QVERIFY2(!bytes.isEmpty(), qPrintable(m_out));
    QCOMPARE(engine({"run", saved, "--to", "package"}), 0);
    QVERIFY2(m_errors.contains("package: up to date"), qPrintable(m_errors)); // what the search ran
}

void tst_CommandLine::measuresEachLayer()
{
    QCOMPARE(engine({"sensitivity", m_project}), 1);
    QVERIFY2(m_errors.contains("Run the pipeline to this node first"), qPrintable(m_errors));
    QCOMPARE(engine({"run", m_project, "--to", "train"}), 0);
    QCOMPARE(engine({"sensitivity", m_project, "--set", "score=lamp", "--json"}), 0);
    const auto report = parseJson(m_out.toStdString(), "report");
    QVERIFY2(report && report->at("score") == Json("lamp"), qPrintable(m_out));
    QCOMPARE(engine({"sensitivity", m_project, "--set", "score=lamp"}), 0);
    QVERIFY2(m_out.contains("embedding.weight") && m_out.contains("95 %"), qPrintable(m_out));
    QCOMPARE(engine({"sensitivity", m_project, "--set", "scroe=lamp"}), 1);
    QVERIFY2(m_errors.contains("scroe"), qPrintable(m_errors));
}

void tst_CommandLine::learnsAndLoadsSubwords()
{
    for (const char* kind : {"wordpiece", "bpe", "unigram"}) {
        const QStringList settings{"--set", QStringLiteral("tokenizer.kind=") + kind, "--set", "tokenizer.subword_vocabulary=300"};
        QCOMPARE(engine(QStringList{"run", m_project, "--to", "package"} + settings), 0);
        QVERIFY2(m_out.contains("from the training part"), qPrintable(m_out));
    }
    QCOMPARE(engine({"run", m_project, "--to", "tokenizer", "--set", "tokenizer.kind=file"}), 1);
    QVERIFY2((m_out + m_errors).contains("No tokenizer file is chosen"), qPrintable(m_out + m_errors));
    QVERIFY(writeFileSafely((m_folder->path() + "/vocab.txt").toStdString(), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nplay\na\nsong\nlight\n##s\nturn\non\nthe\n"));
    QCOMPARE(engine({"run", m_project, "--to", "package", "--set", "tokenizer.kind=file", "--set", "tokenizer.vocabulary_file=vocab.txt"}), 0);
    QVERIFY2(m_out.contains("12 tokens in the vocabulary, from vocab.txt"), qPrintable(m_out));
}

void tst_CommandLine::showsTokens()
{
    const QString vocabulary = m_folder->filePath("vocab.txt");
    QVERIFY(writeFileSafely(vocabulary.toStdString(), "[UNK]\nlight\n##s\n[PAD]\n"));
    QCOMPARE(engine({"tokenize", vocabulary, "--text", "Lights off"}), 0);
    QCOMPARE(m_out, QStringLiteral("1\t0\t5\tlight\n2\t5\t6\t##s\n0\t7\t10\t[UNK]\n\n"));
    QCOMPARE(engine({"tokenize", m_project, "--json", "--text", "play zzz"}), 0);
    const auto answer = parseJson(m_out.toStdString(), "stdout");
    QVERIFY2(answer.ok(), qPrintable(m_out));
    QCOMPARE(answer->at("tokens").size(), std::size_t{2});
    QCOMPARE(answer->at("tokens")[0].at("token").get<std::string>(), std::string("play"));
    QCOMPARE(answer->at("tokens")[1].at("begin").get<int>(), 5);
    QCOMPARE(engine({"tokenize", m_folder->filePath("absent.json")}), 1);
    QVERIFY2(m_errors.contains("absent.json"), qPrintable(m_errors));
}

void tst_CommandLine::saysWhatLeaksIntoTheTest()
{
    auto project = loadProject(m_project.toStdString());
    QVERIFY(project);
    QVERIFY(project->graph.addNode({.id = "check", .type = "check"}));
    QVERIFY(project->graph.connect({"split", "splits", "check", "splits"}));
    QVERIFY(saveProject(m_project.toStdString(), *project));
    QCOMPARE(engine({"run", m_project, "--to", "check"}), 0);
    // The toy's test rows are every fourth of its training rows.
    QVERIFY2(m_out.contains("24 of 24 test sentences stand in train (24 byte for byte, 0 with other labels)"), qPrintable(m_out));
    QVERIFY2(m_out.contains("row 1 = train row 4: "), qPrintable(m_out));
    QCOMPARE(engine({"run", m_project, "--to", "check", "--set", "check.remove=true"}), 0);
    QVERIFY2(m_out.contains("training rows were taken out"), qPrintable(m_out));
}

QTEST_GUILESS_MAIN(tst_CommandLine)
#include "tst_CommandLine.moc"
