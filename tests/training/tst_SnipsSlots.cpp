// SPDX-License-Identifier: GPL-3.0-or-later
// Slots of voice commands on real data: a few epochs of the default BiLSTM with CRF on SNIPS. A full training reaches more; this bar catches what breaks
// learning.
#include "engine/data/Reading.h"
#include "engine/data/Splits.h"
#include "engine/evaluation/Classifier.h"
#include "engine/tokenizers/training/TokenizerLearner.h"
#include "engine/training/Trainer.h"

#include <QtTest>

using namespace espalier;

namespace {

Result<Splits> readSlots(const std::filesystem::path& folder, RunContext& context)
{
    ESPALIER_TRY(const Dataset dataset, readDataset({folder / "train.conll", {}, folder / "validate.conll"}, {}, context));
    return splitDataset(dataset, {}, context);
}

/// Parts of words in upper and lower case, as the default pipeline takes them for tags.
Result<Tokenizer> learnTokenizer(const Splits& splits, RunContext& context)
{
    ESPALIER_TRY(TokenizerLearner learner, TokenizerLearner::create({.kind = "bpe", .lowercase = false}, {.maxVocabulary = 8000}));
    for (const Example& example : splits.train)
        learner.add(example.text);
    return learner.finish(context);
}

} // namespace

class tst_SnipsSlots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsLearnSlots()
    {
        const QString folder = qEnvironmentVariable("ESPALIER_DATA", QStringLiteral(ESPALIER_SOURCE_DIR "/../shared/data")) + "/snips/";
        if (!QFile::exists(folder + "train.conll"))
            QSKIP(qPrintable(folder + "train.conll is not there; set ESPALIER_DATA to the folder of the data sets"));
        RunContext context;
        context.seed = qEnvironmentVariableIntValue("ESPALIER_SEED") > 0 ? static_cast<std::uint64_t>(qEnvironmentVariableIntValue("ESPALIER_SEED")) : 1;
        const auto splits = readSlots(folder.toStdString(), context);
        QVERIFY2(splits, splits ? "" : splits.error().message().c_str());
        QCOMPARE(splits->test.size(), std::size_t{700});
        const auto tokenizer = learnTokenizer(*splits, context);
        QVERIFY(tokenizer);
        const auto spec = makeModelSpec("bilstm", {}, static_cast<std::int64_t>(tokenizer->vocabulary().size()), splits->labels.size(), Task::TokenTags);
        QVERIFY(spec);
        const int epochs = qEnvironmentVariableIntValue("ESPALIER_EPOCHS");
        TrainOptions options;
        options.epochs = epochs > 0 ? epochs : 4;
        const auto checkpoint = train(*spec, *tokenizer, *splits, options, context);
        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message().c_str());
        for (const auto& epoch : checkpoint->history.epochs)
            qInfo("epoch %d: loss %.4f, validation F1 %.4f, %.0f s", epoch.epoch, epoch.trainLoss, epoch.validationAccuracy, epoch.seconds);
        const auto report = evaluate(*checkpoint, splits->test, "test", context);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->examples, 700);
        const QString figures = QString("entity F1 %1, precision %2, recall %3, word accuracy %4").arg(report->taskScores->f1).arg(report->taskScores->precision)
                                    .arg(report->taskScores->recall).arg(report->accuracy);
        qInfo("%s", qPrintable(figures));
        QVERIFY2(report->taskScores->f1 >= 0.85, qPrintable(figures));
    }
};

QTEST_GUILESS_MAIN(tst_SnipsSlots)
#include "tst_SnipsSlots.moc"
