// SPDX-License-Identifier: GPL-3.0-or-later
// Slots of voice commands on real data: a few epochs of the default BiLSTM with CRF on SNIPS. A full training reaches more; this bar catches what breaks
// learning.
#include "engine/evaluation/Classifier.h"
#include "engine/training/Trainer.h"

#include <QtTest>

#include <fstream>
#include <sstream>

using namespace espalier;

namespace {

/// One word and its tag a line, a blank line after each sentence.
std::vector<Example> readTags(const std::filesystem::path& file)
{
    std::vector<Example> examples(1);
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::string word;
        std::string tag;
        if (!(std::istringstream(line) >> word >> tag)) {
            if (!examples.back().text.empty())
                examples.emplace_back();
            continue;
        }
        Example& example = examples.back();
        example.text += example.text.empty() ? "" : " ";
        const auto begin = static_cast<std::uint32_t>(example.text.size());
        example.text += word;
        example.words.push_back({begin, static_cast<std::uint32_t>(example.text.size())});
        example.labels.push_back(tag);
    }
    if (examples.back().text.empty())
        examples.pop_back();
    return examples;
}

/// Every tenth sentence is for choosing the best epoch.
Splits makeSplits(const std::filesystem::path& folder)
{
    Splits splits;
    splits.task = Task::TokenTags;
    std::vector<std::string> tags;
    const auto examples = readTags(folder / "train.conll");
    std::vector<Example> train;
    std::vector<Example> validation;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        (i % 10 == 9 ? validation : train).push_back(examples[i]);
        tags.insert(tags.end(), examples[i].labels.begin(), examples[i].labels.end());
    }
    splits.train = train;
    splits.validation = validation;
    splits.labels = LabelMap(tags);
    splits.test = readTags(folder / "validate.conll");
    return splits;
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
        const Splits splits = makeSplits(folder.toStdString());
        auto builder = VocabularyBuilder::create({});
        for (const auto& example : splits.train)
            builder->add(example.text);
        const auto tokenizer = Tokenizer::create({}, builder->build(1, 0));
        QVERIFY(tokenizer);
        const auto spec = makeModelSpec("bilstm", {}, static_cast<std::int64_t>(tokenizer->vocabulary().size()), splits.labels.size(), Task::TokenTags);
        QVERIFY(spec);
        const int epochs = qEnvironmentVariableIntValue("ESPALIER_EPOCHS");
        TrainOptions options;
        options.epochs = epochs > 0 ? epochs : 3;
        const auto checkpoint = train(*spec, *tokenizer, splits, options, context);
        QVERIFY2(checkpoint, checkpoint ? "" : checkpoint.error().message().c_str());
        for (const auto& epoch : checkpoint->history.epochs)
            qInfo("epoch %d: loss %.4f, validation F1 %.4f, %.0f s", epoch.epoch, epoch.trainLoss, epoch.validationAccuracy, epoch.seconds);
        const auto report = evaluate(*checkpoint, splits.test, "test", context);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->examples, 700);
        const QString figures = QString("entity F1 %1, precision %2, recall %3, word accuracy %4").arg(report->taskScores->f1).arg(report->taskScores->precision)
                                    .arg(report->taskScores->recall).arg(report->accuracy);
        qInfo("%s", qPrintable(figures));
        QVERIFY2(report->taskScores->f1 >= 0.65, qPrintable(figures));
    }
};

QTEST_GUILESS_MAIN(tst_SnipsSlots)
#include "tst_SnipsSlots.moc"
