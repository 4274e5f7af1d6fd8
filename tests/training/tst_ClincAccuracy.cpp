// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way on real data: read CLINC150, train the default TextCNN for a few epochs, evaluate on its test part. A full training
// reaches more; this bar catches what breaks learning.
#include "engine/data/Reading.h"
#include "engine/data/Splits.h"
#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"

#include <QtTest>

using namespace espalier;

class tst_ClincAccuracy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsLearnClinc()
    {
        const QString folder = qEnvironmentVariable("ESPALIER_DATA", QStringLiteral(ESPALIER_SOURCE_DIR "/../shared/data")) + "/clinc150/";
        if (!QFile::exists(folder + "train.tsv"))
            QSKIP(qPrintable(folder + "train.tsv is not there; set ESPALIER_DATA to the folder of the data sets"));
        const std::filesystem::path path = folder.toStdString();
        RunContext context;
        const auto dataset = readDataset({path / "train.tsv", path / "val.tsv", path / "test.tsv"}, {}, context);
        QVERIFY(dataset);
        const auto splits = splitDataset(*dataset, {}, context);
        QVERIFY(splits);
        QCOMPARE(splits->labels.size(), 150);
        auto builder = VocabularyBuilder::create({});
        for (const auto& example : splits->train)
            builder->add(example.text);
        const auto tokenizer = Tokenizer::create({}, builder->build(1, 0));
        QVERIFY(tokenizer);
        const auto spec = makeModelSpec("textcnn", {}, static_cast<std::int64_t>(tokenizer->vocabulary().size()), splits->labels.size());
        QVERIFY(spec);
        const auto checkpoint = train(*spec, *tokenizer, *splits, {.epochs = 4}, context);
        QVERIFY(checkpoint);
        const auto report = evaluate(*checkpoint, splits->test, "test", context);
        QVERIFY(report);
        QCOMPARE(report->examples, 4500);
        QVERIFY2(report->accuracy >= 0.84, qPrintable(QString("test accuracy %1").arg(report->accuracy)));
    }
};

QTEST_GUILESS_MAIN(tst_ClincAccuracy)
#include "tst_ClincAccuracy.moc"
