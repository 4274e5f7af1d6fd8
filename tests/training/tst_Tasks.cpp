// SPDX-License-Identifier: GPL-3.0-or-later
// The tasks besides one class a sentence, from training to the package: learnable data must be learned, and the device must answer alike.
#include "engine/core/SafeFile.h"
#include "engine/edge/Session.h"
#include "engine/evaluation/Classifier.h"
#include "engine/exporting/PackageWriter.h"
#include "tests/exporting/ModelCheckpoints.h"
#include "tests/training/TaskData.h"

#include <QtTest>

using namespace espalier;
using test::makeSplits;

namespace {

Result<Checkpoint> trained(const Splits& splits, const std::string& architecture, const Parameters& given)
{
    ESPALIER_TRY(VocabularyBuilder builder, VocabularyBuilder::create({}));
    for (const Example& example : splits.train)
        builder.add(example.text);
    ESPALIER_TRY(const Tokenizer tokenizer, Tokenizer::create({}, builder.build(1, 0)));
    ESPALIER_TRY(const ModelSpec spec, makeModelSpec(architecture, given, static_cast<std::int64_t>(tokenizer.vocabulary().size()), splits.labels.size(), splits.task));
    RunContext context;
    TrainOptions options;
    options.epochs = 12;
    options.batchSize = 16;
    options.learningRate = 0.01;
    options.threads = 1;
    return train(spec, tokenizer, splits, options, context);
}

Parameters recurrent(bool crf)
{
    return {{"embedding_dim", 16}, {"recurrent_size", 12}, {"crf", crf}, {"dropout", 0.1}};
}

} // namespace

class tst_Tasks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void learnsTags_data()
    {
        QTest::addColumn<QString>("architecture");
        QTest::addColumn<bool>("crf");
        QTest::newRow("LSTM with CRF") << "bilstm" << true;
        QTest::newRow("LSTM") << "bilstm" << false;
        QTest::newRow("GRU with CRF") << "bigru" << true;
    }

    void learnsTags()
    {
        QFETCH(QString, architecture);
        QFETCH(bool, crf);
        const Splits splits = makeSplits(Task::TokenTags);
        const auto checkpoint = trained(splits, architecture.toStdString(), recurrent(crf));
        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message().c_str());
        RunContext context;
        const auto report = evaluate(*checkpoint, splits.validation, "validation", context);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QVERIFY2(report->taskScores && report->taskScores->f1 > 0.97, qPrintable(QString::number(report->taskScores->f1)));
        QCOMPARE(report->microF1, report->taskScores->f1);
        QVERIFY(report->weightedF1 > 0.97);
        QCOMPARE(report->classes.size(), std::size_t{2});
        const auto package = encodePackage(*checkpoint, test::texts(splits.validation), {.precision = "int8"}, context);
        QVERIFY2(package, package ? "" : package.error().message().c_str());
        const auto parity = checkParity(*checkpoint, package->bytes, test::texts(splits.validation), context);
        QVERIFY2(parity, parity ? "" : parity.error().message().c_str());
        auto session = edge::Session::fromBytes(package->bytes);
        QVERIFY(session);
        QCOMPARE(session->answerText(session->classify("please play name1 name2 by name3")), std::string("O O B-song I-song O B-artist"));
        QCOMPARE(session->classify("please play name1.").words.size(), std::size_t{4});
        QCOMPARE(session->classify("").words.size(), std::size_t{0});
    }

    void learnsSeveralLabels_data()
    {
        QTest::addColumn<QString>("architecture");
        for (const char* architecture : {"textcnn", "ngram", "bigru"})
            QTest::newRow(architecture) << architecture;
    }

    void learnsSeveralLabels()
    {
        QFETCH(QString, architecture);
        const Splits splits = makeSplits(Task::MultiLabel);
        Parameters parameters = test::smallParameters(architecture.toStdString());
        const auto checkpoint = trained(splits, architecture.toStdString(), parameters);
        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message().c_str());
        RunContext context;
        const auto report = evaluate(*checkpoint, splits.validation, "validation", context);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QVERIFY2(report->taskScores->f1 > 0.97, qPrintable(QString::number(report->taskScores->f1)));
        QCOMPARE(report->taskScores->threshold, checkpoint->threshold);
        QCOMPARE(report->microF1, report->taskScores->f1);
        QVERIFY(report->weightedF1 > 0.97);
        const auto package = encodePackage(*checkpoint, test::texts(splits.validation), {.precision = "fp32"}, context);
        QVERIFY2(package, package ? "" : package.error().message().c_str());
        auto session = edge::Session::fromBytes(package->bytes);
        QVERIFY(session);
        QCOMPARE(session->answerText(session->classify("say red blue")), std::string("blue, red"));
        QCOMPARE(session->threshold(), checkpoint->threshold);
        QCOMPARE(session->answerText(session->classify("say")), std::string());
    }

    /// Frozen, the rows of words that the file has are the file's to the last bit; the others were drawn, and stay too.
    void embeddingsStartFromWordVectors()
    {
        const QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "vectors.txt";
        QVERIFY(writeFileSafely(file, "red 1 2 3 4\nsay 0.5 -0.25 0 8\n"));
        const Splits splits = makeSplits(Task::MultiLabel);
        const Parameters frozen{{"embedding_dim", 4}, {"filters", 6}, {"vectors_file", file.string()}, {"freeze_vectors", true}};
        const auto checkpoint = trained(splits, "textcnn", frozen);
        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message().c_str());
        const auto& words = checkpoint->tokenizer.vocabulary();
        const auto row = static_cast<std::size_t>(std::find(words.begin(), words.end(), "say") - words.begin());
        const auto& values = checkpoint->weights.at("embedding.weight").values;
        QCOMPARE(std::vector<float>(values.begin() + static_cast<std::ptrdiff_t>(4 * row), values.begin() + static_cast<std::ptrdiff_t>(4 * row + 4)),
                 (std::vector<float>{0.5F, -0.25F, 0, 8}));
        const auto wrong = trained(splits, "textcnn", {{"embedding_dim", 5}, {"vectors_file", file.string()}});
        QVERIFY(!wrong);
        QVERIFY2(QString::fromStdString(wrong.error().message()).contains("have 4 numbers (line 1), the model's embeddings 5"), wrong.error().message().c_str());
    }

    void checkpointsKeepTaskAndThreshold()
    {
        Checkpoint checkpoint = test::randomCheckpointOf("bilstm", Task::MultiLabel);
        checkpoint.threshold = 0.3125;
        const QTemporaryDir folder;
        QVERIFY(saveCheckpoint(folder.path().toStdString(), checkpoint));
        const auto loaded = loadCheckpoint(folder.path().toStdString());
        QVERIFY(loaded);
        QVERIFY(loaded->model.task == Task::MultiLabel);
        QCOMPARE(loaded->threshold, 0.3125);
    }
};

QTEST_GUILESS_MAIN(tst_Tasks)
#include "tst_Tasks.moc"
