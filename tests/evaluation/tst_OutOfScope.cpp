// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/OutOfScope.h"
#include "engine/core/Random.h"

#include <QtTest>

#include <cmath>

using namespace espalier;

class tst_OutOfScope : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Ten sentences, nine right: at a cost of 10 points one right answer may be lost, and wrong ones cost nothing.
    void theThresholdCostsNoMoreThanAllowed()
    {
        const ScoredPart part{{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0}, {false, true, true, true, true, true, true, true, true, true}, {}};
        QCOMPARE(chooseThreshold(part, 0), 0.2);
        QCOMPARE(chooseThreshold(part, 0.1), 0.3);
        QCOMPARE(chooseThreshold(part, 0.19), 0.3);
        QCOMPARE(chooseThreshold(part, 1), 1.0);
        QVERIFY(chooseThreshold({}, 0.1) < 0);
    }

    void measuresWhatTheThresholdCatches()
    {
        const ScoredPart validation{{0.5, 0.7, 0.8, 0.9}, {true, true, true, true}, {0.1, 0.6}};
        const ScoredPart test{{0.4, 0.7, 0.9, 0.95}, {true, true, true, false}, {0.2, 0.3, 0.65, 0.8}};
        const RejectionScore measured = measureRejection("max_probability", validation, test, 0.25);
        QCOMPARE(measured.threshold, 0.7);
        QCOMPARE(measured.validationRecall, 1.0);
        QCOMPARE(measured.recall, 0.75);
        QCOMPARE(measured.accuracyAfter, 0.5);
        // Pairs in which the out-of-scope score is the lower one: 0.2 and 0.3 below all four, 0.65 below three, 0.8 below two: 13 of 16.
        QVERIFY(std::fabs(measured.auroc - 13.0 / 16) < 1e-12);
    }

    void tiesCountHalf()
    {
        QCOMPARE(auroc({{0.5, 0.5}, {true, true}, {0.5, 0.5}}), 0.5);
        QCOMPARE(auroc({{0.9, 0.5}, {true, true}, {0.5, 0.1}}), 0.875);
    }

    void theCurveRunsFromCornerToCornerAndNeverFalls()
    {
        Random random(3);
        ScoredPart part;
        for (int i = 0; i < 3000; ++i) {
            part.inScope.push_back(std::sqrt(random.uniform()));
            part.right.push_back(true);
            part.outOfScope.push_back(random.uniform());
        }
        const auto curve = rocCurve(part);
        QCOMPARE(curve.size(), std::size_t{200});
        QCOMPARE(curve.front().recall, 0.0);
        QCOMPARE(curve.back().recall, 1.0);
        QCOMPARE(curve.back().rejectedInScope, 1.0);
        for (std::size_t i = 1; i < curve.size(); ++i)
            QVERIFY(curve[i].recall >= curve[i - 1].recall && curve[i].rejectedInScope >= curve[i - 1].rejectedInScope);
        QVERIFY(std::fabs(auroc(part) - 2.0 / 3) < 0.02); // P(u < sqrt(v)) of two uniform numbers
    }

    void scoresAreThoseOfTheirDefinitions()
    {
        const std::vector<float> logits{0, 0, 3, 1};
        const auto probability = confidenceScores("max_probability", logits, 2, 1);
        QVERIFY(std::fabs(probability[0] - 0.5) < 1e-9);
        QVERIFY(std::fabs(probability[1] - 1 / (1 + std::exp(-2.0))) < 1e-9);
        QVERIFY(std::fabs(confidenceScores("max_probability", logits, 2, 2)[1] - 1 / (1 + std::exp(-1.0))) < 1e-9);
        const auto energy = confidenceScores("energy", logits, 2, 1);
        QVERIFY(std::fabs(energy[0] - std::log(2.0)) < 1e-9);
        QVERIFY(std::fabs(energy[1] - std::log(std::exp(3.0) + std::exp(1.0))) < 1e-9);
    }

    /// Out-of-scope rows that are sharper than the others but of small logits: only the energy tells them.
    void choosesTheScoreThatValidationFavours()
    {
        std::vector<float> inside;
        std::vector<std::int64_t> truth;
        std::vector<float> outside;
        for (int i = 0; i < 100; ++i) {
            const auto level = 5 + 0.01F * static_cast<float>(i);
            inside.insert(inside.end(), {level + 2, level});
            truth.push_back(0);
            outside.insert(outside.end(), {2.5F, 0});
        }
        const RejectionLogits part{{inside, truth, 2}, outside};
        const auto report = measureOutOfScope(part, part, 0.01, 1);
        QCOMPARE(report.chosen, std::string("energy"));
        QCOMPARE(report.find("energy")->recall, 1.0);
        QCOMPARE(report.examples, std::int64_t{100});
        QCOMPARE(report.accuracyBefore, 1.0);
    }
};

QTEST_GUILESS_MAIN(tst_OutOfScope)
#include "tst_OutOfScope.moc"
