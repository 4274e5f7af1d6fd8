// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/TaskScores.h"

#include <QtTest>

using namespace espalier;

class tst_TaskScores : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Counted by hand; precision, recall and F1 are those that seqeval 1.2.2 prints for the same tags.
    void entitiesAsSeqeval()
    {
        const std::vector<std::string> tags{"B-LOC", "B-PER", "I-LOC", "I-PER", "O"};
        EncodedExamples examples;
        examples.task = Task::TokenTags;
        examples.targets = {{1, 3, 4, 0}, {4, 0, 2}, {4, 4}};
        Predictions predictions;
        // the person right, the place of another type; the place too short; one from nowhere, and a word that was cut off
        predictions.classes = {1, 3, 4, 1, /**/ 4, 0, 4, /**/ 0, -1};
        const EntityScores scores = entityScores(predictions, examples, tags);
        QCOMPARE(scores.total.support, std::int64_t{3});
        QCOMPARE(scores.total.precision, 1.0 / 4);
        QCOMPARE(scores.total.recall, 1.0 / 3);
        QCOMPARE(scores.total.f1, 2.0 / 7);
        QCOMPARE(scores.types.size(), std::size_t{2});
        QCOMPARE(scores.types[0].label, std::string("LOC"));
        QCOMPARE(scores.types[0].f1, 0.0);
        QCOMPARE(scores.types[1].precision, 0.5);
        QCOMPARE(scores.types[1].recall, 1.0);
        QCOMPARE(scores.wordAccuracy, 6.0 / 9);
    }

    void labelsByThreshold()
    {
        EncodedExamples examples;
        examples.task = Task::MultiLabel;
        examples.targets = {{0, 2}, {}, {1}};
        Predictions predictions;
        predictions.probabilities = {0.9F, 0.2F, 0.35F, 0.1F, 0.3F, 0.2F, 0.05F, 0.6F, 0.4F};
        const LabelScores half = labelScores(predictions, examples, {"a", "b", "c"}, 0.5);
        QCOMPARE(half.microF1, 2 * 2.0 / (3 + 2));
        QCOMPARE(half.subsetAccuracy, 2.0 / 3);
        QCOMPARE(half.macroF1, 2.0 / 3);
        // With 0.35 let in, so is 0.4, which is wrong: three of four given are right, and all three true ones are found.
        const double threshold = bestThreshold(predictions, examples, 3);
        QVERIFY2(threshold > 0.3 && threshold < 0.35, qPrintable(QString::number(threshold)));
        QCOMPARE(labelScores(predictions, examples, {"a", "b", "c"}, threshold).microF1, 2 * 3.0 / (3 + 4));
    }
};

QTEST_GUILESS_MAIN(tst_TaskScores)
#include "tst_TaskScores.moc"
