// SPDX-License-Identifier: GPL-3.0-or-later
// The whole evaluation of a small trained model: its parts agree with each other, and nothing is chosen on the evaluated part.
#include "engine/evaluation/FullEvaluation.h"
#include "engine/training/Trainer.h"
#include "tests/support/ToyData.h"

#include <QtTest>

#include <cmath>

using namespace espalier;

class tst_FullEvaluation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto trained = train(m_task.model, m_task.tokenizer, m_task.splits, {.epochs = 3, .threads = 1}, m_context);
        QVERIFY(trained);
        m_checkpoint.emplace(std::move(*trained));
    }

    void thePartsAgree()
    {
        const auto made = evaluateFully(*m_checkpoint, m_task.splits, m_outside, {}, m_context);
        QVERIFY(made);
        const EvaluationReport& report = made->report;
        const auto plain = evaluate(*m_checkpoint, m_task.splits.test, "test", m_context);
        QCOMPARE(report.accuracy, plain->accuracy);
        QVERIFY(std::fabs(report.loss - plain->loss) < 1e-9);
        QVERIFY(std::fabs(report.calibration->before.loss - plain->loss) < 1e-4);
        QCOMPARE(made->rows.size(), m_task.splits.test.size());
        const auto right = std::count_if(made->rows.begin(), made->rows.end(), [](const PredictionRow& row) { return row.right(); });
        QCOMPARE(static_cast<double>(right) / static_cast<double>(made->rows.size()), report.accuracy);
        QVERIFY(report.intervals->accuracy.low <= report.accuracy && report.accuracy <= report.intervals->accuracy.high);
        QCOMPARE(report.samples->random.size(), std::size_t{10});
        QCOMPARE(report.outOfScope->examples, std::int64_t{2});
        QCOMPARE(report.outOfScope->accuracyBefore, report.accuracy);
        QVERIFY(evaluationReportFromJson(toJson(report)));
        QVERIFY(toJson(*evaluationReportFromJson(toJson(report))) == toJson(report));
    }

    void temperatureIsAppliedOnlyWhenAsked()
    {
        const auto plain = evaluateFully(*m_checkpoint, m_task.splits, {}, {}, m_context);
        const auto scaled = evaluateFully(*m_checkpoint, m_task.splits, {}, {.calibrate = true}, m_context);
        QVERIFY(plain && scaled);
        QVERIFY(!plain->report.calibration->applied && scaled->report.calibration->applied);
        QVERIFY(!plain->report.outOfScope);
        QCOMPARE(plain->report.calibration->temperature, scaled->report.calibration->temperature);
        QCOMPARE(plain->report.accuracy, scaled->report.accuracy);
        QVERIFY(std::fabs(plain->report.calibration->temperature - 1) > 0.01);
        QVERIFY(plain->rows[0].probability != scaled->rows[0].probability);
    }

    /// Other test sentences must not move temperature or threshold.
    void nothingIsChosenOnTheTestPart()
    {
        Splits other = m_task.splits;
        other.test = other.test.select([](std::size_t position) { return position < 7 ? 1 : 0; });
        const auto all = evaluateFully(*m_checkpoint, m_task.splits, m_outside, {}, m_context);
        const auto few = evaluateFully(*m_checkpoint, other, {m_outside.validation, {"cook a lamp"}}, {}, m_context);
        QVERIFY(all && few);
        QCOMPARE(few->report.calibration->temperature, all->report.calibration->temperature);
        QCOMPARE(few->report.outOfScope->scores[0].threshold, all->report.outOfScope->scores[0].threshold);
        QCOMPARE(few->report.outOfScope->chosen, all->report.outOfScope->chosen);
    }

    void anEmptyPartIsAnError()
    {
        Splits none = m_task.splits;
        none.test.clear();
        const auto made = evaluateFully(*m_checkpoint, none, {}, {}, m_context);
        QVERIFY(!made);
        QVERIFY(!made.error().remedy.empty());
    }

private:
    test::ToyTask m_task = test::makeToyTask();
    OutOfScopeSentences m_outside{{"what is the capital of france", "sing"}, {"who won the match", "tell me a joke"}};
    RunContext m_context;
    std::optional<Checkpoint> m_checkpoint;
};

QTEST_GUILESS_MAIN(tst_FullEvaluation)
#include "tst_FullEvaluation.moc"
