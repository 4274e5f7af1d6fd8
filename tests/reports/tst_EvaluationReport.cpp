// SPDX-License-Identifier: GPL-3.0-or-later
// The figures that people will quote, worked out by hand.
#include "engine/reports/EvaluationReport.h"

#include <QTest>

using namespace espalier;

class tst_EvaluationReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void worksOutTheFigures()
    {
        // truth:     a a a a b b c
        // predicted: a a a b b a b
        const auto report = evaluatePredictions("test", {"a", "b", "c"}, {0, 0, 0, 0, 1, 1, 2}, {0, 0, 0, 1, 1, 0, 1});
        QCOMPARE(report.split, std::string("test"));
        QCOMPARE(report.examples, std::int64_t{7});
        QCOMPARE(report.accuracy, 4.0 / 7.0);
        const std::vector<std::vector<std::int64_t>> confusion{{3, 1, 0}, {1, 1, 0}, {0, 1, 0}};
        QVERIFY(report.confusion == confusion);
        QCOMPARE(report.classes[0].precision, 3.0 / 4.0);
        QCOMPARE(report.classes[0].recall, 3.0 / 4.0);
        QCOMPARE(report.classes[1].precision, 1.0 / 3.0);
        QCOMPARE(report.classes[1].recall, 1.0 / 2.0);
        QCOMPARE(report.classes[1].f1, 0.4);
        QCOMPARE(report.classes[1].support, std::int64_t{2});
        QCOMPARE(report.classes[2].f1, 0.0); // never predicted
        QCOMPARE(report.macroF1, (0.75 + 0.4 + 0.0) / 3);
    }

    /// As scikit-learn averages: a class that neither occurs nor was predicted does not count; one of the two is enough to count.
    void macroF1LeavesOutClassesThatNeverCameUp()
    {
        QCOMPARE(evaluatePredictions("test", {"a", "b", "unused"}, {0, 1}, {0, 1}).macroF1, 1.0);
        QCOMPARE(evaluatePredictions("test", {"a", "wrongly predicted"}, {0, 0}, {0, 1}).macroF1, (2.0 / 3.0) / 2);
    }

    void nothingMeasuredIsZero()
    {
        const auto report = evaluatePredictions("validation", {"a", "b"}, {}, {});
        QCOMPARE(report.accuracy, 0.0);
        QCOMPARE(report.macroF1, 0.0);
        QCOMPARE(report.classes.size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(tst_EvaluationReport)
#include "tst_EvaluationReport.moc"
