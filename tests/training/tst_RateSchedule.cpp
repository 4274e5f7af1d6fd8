// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/RateSchedule.h"

#include <QtTest>

using namespace espalier;

class tst_RateSchedule : public QObject {
    Q_OBJECT

private:
    static double rate(const RateSchedule& schedule, double done) { return schedule.at(done).learningRate; }

private Q_SLOTS:
    void warmsUpThenFollowsItsKind_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<double>("middle"); // of the part after the warm-up, as a share of the peak
        QTest::addColumn<double>("end");
        QTest::newRow("cosine") << "cosine" << 0.5 << 0.0;
        QTest::newRow("linear") << "linear" << 0.5 << 0.0;
        QTest::newRow("constant") << "constant" << 1.0 << 1.0;
    }
    void warmsUpThenFollowsItsKind()
    {
        QFETCH(QString, kind);
        QFETCH(double, middle);
        QFETCH(double, end);
        const RateSchedule schedule{.peak = 0.5, .kind = kind.toStdString(), .warmUp = 0.2};
        QCOMPARE(rate(schedule, 0.1), 0.25);
        QCOMPARE(rate(schedule, 0.2), 0.5);
        QVERIFY(std::abs(rate(schedule, 0.6) - 0.5 * middle) < 1e-12);
        QVERIFY(std::abs(rate(schedule, 1) - 0.5 * end) < 1e-12);
        for (double done = 0.2; done < 1; done += 0.01)
            QVERIFY(rate(schedule, done + 0.01) <= rate(schedule, done) + 1e-15);
        QCOMPARE(schedule.at(0.5).momentum, 0.9);
    }

    void cyclesOnce()
    {
        const RateSchedule schedule{.peak = 1, .kind = "one_cycle", .warmUp = 0.3};
        QCOMPARE(rate(schedule, 0), 0.04);
        QCOMPARE(rate(schedule, 0.3), 1.0);
        QVERIFY(rate(schedule, 1) < 1e-4);
        QCOMPARE(schedule.at(0).momentum, 0.95);
        QCOMPARE(schedule.at(0.3).momentum, 0.85);
        QCOMPARE(schedule.at(1).momentum, 0.95);
    }

    void needsNoWarmUp() { QCOMPARE((rate({.peak = 0.5, .kind = "linear", .warmUp = 0}, 0)), 0.5); }
};

QTEST_GUILESS_MAIN(tst_RateSchedule)
#include "tst_RateSchedule.moc"
