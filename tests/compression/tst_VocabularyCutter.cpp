// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compression/VocabularyCutter.h"

#include "engine/compression/Pruning.h"
#include "engine/evaluation/Classifier.h"
#include "engine/exporting/PackageWriter.h"
#include "tests/exporting/ModelCheckpoints.h"

#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

namespace {

/// Word i stands in 60 / i training sentences: those of the random checkpoints are "word2" to "word59".
Splits splits()
{
    std::vector<Example> train;
    for (int i = 0; i < 60; ++i) {
        std::string text;
        for (int word = 2; word < 60; ++word)
            if (i < 60 / word)
                text += "word" + std::to_string(word) + " ";
        train.push_back({text + "never-in-the-vocabulary", {"alpha"}});
    }
    Splits result;
    result.labels = LabelMap({"alpha", "beta", "delta", "gamma"});
    result.train = train;
    result.validation = {{"word2 word3 word59", {"alpha"}}, {"word59 word40 quite unknown", {"beta"}}};
    return result;
}

std::string errorOf(const Result<Checkpoint>& result)
{
    return result ? std::string() : result.error().message();
}

std::vector<float> probabilities(const Checkpoint& checkpoint, const std::string& text)
{
    RunContext context;
    auto classifier = Classifier::create(checkpoint);
    const auto encoded = encodeExamples({{text, {"alpha"}}}, checkpoint.tokenizer, checkpoint.labels);
    return classifier->predict(*encoded, context)->probabilities;
}

} // namespace

class tst_VocabularyCutter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Any model with a row for each token: sentences of kept words are answered as before, and others as if their words were unknown.
    void answersStay_data()
    {
        QTest::addColumn<QString>("architecture");
        for (const Architecture& architecture : architectures().members())
            if (architecture.id != "ngram")
                QTest::newRow(architecture.id.c_str()) << QString::fromStdString(architecture.id);
    }

    void answersStay()
    {
        QFETCH(QString, architecture);
        const Checkpoint whole = test::randomCheckpointOf(architecture.toStdString(), Task::SingleLabel);
        const Splits data = splits();
        RunContext context;
        const auto cutter = VocabularyCutter::create(whole, data, context);
        QVERIFY2(cutter.ok(), cutter ? "" : cutter.error().message().c_str());
        const auto made = cutter->cut({.minFrequency = 3});
        QVERIFY2(made.ok(), errorOf(made).c_str());
        QCOMPARE(made->model.vocabularySize, 2 + 19); // word2 to word20
        QCOMPARE(static_cast<std::int64_t>(made->tokenizer.vocabulary().size()), made->model.vocabularySize);
        QCOMPARE(probabilities(*made, "word2 word19 word7"), probabilities(whole, "word2 word19 word7"));
        QCOMPARE(probabilities(*made, "word2 word50 word7"), probabilities(whole, "word2 nothing word7"));
        QVERIFY(probabilities(whole, "word2 word50 word7") != probabilities(whole, "word2 nothing word7"));
        const auto package = encodePackage(*made, {"word2 word3"}, {.precision = "fp32"}, context);
        QVERIFY2(package.ok(), package ? "" : package.error().message().c_str());
        QVERIFY(checkParity(*made, package->bytes, {"word2 word50 word7", "word3"}, context).ok());
        QTemporaryDir folder;
        QVERIFY(saveCheckpoint(folder.path().toStdString(), *made).ok());
        QVERIFY(loadCheckpoint(folder.path().toStdString()).ok());
    }

    void masksGoAlong()
    {
        const auto pruned = prune(test::randomCheckpoint({}), {.sparsity = 0.5});
        RunContext context;
        const Splits data = splits();
        const auto cutter = VocabularyCutter::create(*pruned, data, context);
        const auto made = cutter->cut({.maxVocabulary = 12});
        QVERIFY2(made.ok(), errorOf(made).c_str());
        QCOMPARE(made->weights.at("embedding.weight").shape, (std::vector<std::int64_t>{12, 16}));
        const Mask& mask = made->masks.at("embedding.weight");
        QCOMPARE(mask.size(), std::size_t{12 * 16});
        QVERIFY(std::equal(mask.begin(), mask.end(), pruned->masks.at("embedding.weight").begin())); // word2 to word11 come first
        QCOMPARE(made->masks.size(), pruned->masks.size());
    }

    void theCurveIsWhatACutDoes()
    {
        const Checkpoint whole = test::randomCheckpoint({});
        const Splits data = splits();
        RunContext context;
        const auto cutter = VocabularyCutter::create(whole, data, context);
        const VocabularyProfile profile = cutter->profile();
        QCOMPARE(profile.tokens, 60);
        QCOMPARE(profile.required, 2);
        QCOMPARE(profile.vanishing.front(), (TokenCount{"word59", 1}));
        QCOMPARE(profile.vanishing.back(), (TokenCount{"word2", 30}));
        QCOMPARE(profile.curve.front().validation, 1.0);
        QCOMPARE(profile.curve.back().tokens, 60);
        QCOMPARE(profile.curve.back().validation, 2.0 / 7); // "quite" and "unknown"
        for (const VocabularyPoint& point : profile.curve) {
            if (point.tokens <= profile.required)
                continue;
            const auto made = cutter->cut({.maxVocabulary = point.tokens});
            QVERIFY2(made.ok(), errorOf(made).c_str());
            QCOMPARE(*unknownShare(made->tokenizer, data.train, context), point.train);
            QCOMPARE(*unknownShare(made->tokenizer, data.validation, context), point.validation);
        }
    }

    void refuses()
    {
        RunContext context;
        const Splits data = splits();
        const auto ngrams = VocabularyCutter::create(test::randomCheckpointOf("ngram", Task::SingleLabel), data, context);
        QVERIFY(!ngrams.ok() && ngrams.error().message().find("buckets") != std::string::npos);
        // Without n-grams there is but a row a token.
        QVERIFY(VocabularyCutter::create(test::randomCheckpointOf("ngram", Task::SingleLabel, {{"ngram_order", 1}}), data, context).ok());
        const Checkpoint whole = test::randomCheckpoint({});
        QVERIFY(!VocabularyCutter::create(whole, Splits{}, context).ok());
        const auto cutter = VocabularyCutter::create(whole, data, context);
        QVERIFY(errorOf(cutter->cut({.minFrequency = 31})).find("seen 30 times") != std::string::npos);
        QVERIFY(errorOf(cutter->cut({.maxVocabulary = 2})).find("the 2 that must stay") != std::string::npos);
        QVERIFY(!cutter->cut({.minFrequency = 0}).ok());
        QVERIFY(!cutter->cut({.maxVocabulary = -1}).ok());
    }
};

QTEST_GUILESS_MAIN(tst_VocabularyCutter)
#include "tst_VocabularyCutter.moc"
