// SPDX-License-Identifier: GPL-3.0-or-later
// Calibration against figures worked out by hand, and scaling inside a real model.
#include "engine/evaluation/Calibration.h"
#include "engine/evaluation/Classifier.h"
#include "engine/core/Random.h"
#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <cmath>

using namespace espalier;

namespace {

/// Two-class logits whose first class has probability @p p.
void addRow(std::vector<float>& logits, double p)
{
    logits.push_back(static_cast<float>(std::log(p)));
    logits.push_back(static_cast<float>(std::log(1 - p)));
}

} // namespace

class tst_Calibration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void worksOutEceByHand()
    {
        // Four answers at 0.9, three of them right; two at 0.58, one right: ECE = 4/6 * 0.15 + 2/6 * 0.08.
        std::vector<float> logits;
        for (const double p : {0.9, 0.9, 0.9, 0.9, 0.58, 0.58})
            addRow(logits, p);
        const std::vector<std::int64_t> truth{0, 0, 0, 1, 0, 1};
        const Reliability measured = reliabilityOf({logits, truth, 2}, 1);
        QVERIFY(std::fabs(measured.ece - (4.0 / 6 * 0.15 + 2.0 / 6 * 0.08)) < 1e-6);
        QCOMPARE(measured.bins.size(), std::size_t{15});
        QCOMPARE(measured.bins[13].count, std::int64_t{4});
        QVERIFY(std::fabs(measured.bins[13].accuracy - 0.75) < 1e-12);
        QVERIFY(std::fabs(measured.bins[13].confidence - 0.9) < 1e-6);
        QCOMPARE(measured.bins[8].count, std::int64_t{2}); // 0.58 lies in (8/15, 9/15]
    }

    /// Answers drawn from the model's own probabilities need the temperature 1; the same logits tripled need 3.
    void findsTheTemperatureThatWasPutIn()
    {
        Random random(5);
        std::vector<float> logits;
        std::vector<float> tripled;
        std::vector<std::int64_t> truth;
        for (int i = 0; i < 20000; ++i) {
            const double p = 0.05 + 0.9 * random.uniform();
            addRow(logits, p);
            truth.push_back(random.uniform() < p ? 0 : 1);
        }
        for (const float z : logits)
            tripled.push_back(3 * z);
        const double honest = fitTemperature({logits, truth, 2});
        QVERIFY2(std::fabs(honest - 1) < 0.05, qPrintable(QString::number(honest)));
        const double sure = fitTemperature({tripled, truth, 2});
        QVERIFY2(std::fabs(sure / honest - 3) < 1e-3, qPrintable(QString::number(sure)));
        const LogitTable table{tripled, truth, 2};
        QVERIFY(reliabilityOf(table, sure).ece < reliabilityOf(table, 1).ece / 5);
        for (const double other : {0.9, 1.1})
            QVERIFY(reliabilityOf(table, sure).loss < reliabilityOf(table, sure * other).loss);
    }

    void staysInRangeWhenEveryAnswerIsRight()
    {
        std::vector<float> logits;
        addRow(logits, 0.9);
        addRow(logits, 0.8);
        const std::vector<std::int64_t> truth{0, 0};
        const double temperature = fitTemperature({logits, truth, 2});
        QVERIFY(temperature >= 0.04999 && temperature < 0.06);
    }

    void scalingAModelScalesItsAnswers()
    {
        const auto task = test::makeToyTask();
        RunContext context;
        auto checkpoint = train(task.model, task.tokenizer, task.splits, {.epochs = 2, .threads = 1}, context);
        QVERIFY(checkpoint);
        const EncodedExamples encoded = encodeExamples(task.splits.test, task.tokenizer, task.splits.labels).value();
        const auto before = Classifier::create(*checkpoint)->predict(encoded, context);
        QVERIFY(before);
        const auto expected = scaledProbabilities({before->logits, encoded.classes, 3}, 2.5);
        QVERIFY(applyTemperature(*checkpoint, 2.5));
        const auto after = Classifier::create(*checkpoint)->predict(encoded, context);
        QVERIFY(after);
        QCOMPARE(after->classes, before->classes);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::fabs(after->probabilities[i] - expected[i]) < 1e-5F);
    }
};

QTEST_GUILESS_MAIN(tst_Calibration)
#include "tst_Calibration.moc"
