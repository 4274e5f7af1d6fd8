// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/RateSchedule.h"

#include <QtTest>

using namespace espalier;

class tst_RateSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void growsThenFalls()
    {
        const RateSchedule schedule{0.5, 1000};
        QVERIFY(schedule.at(0) > 0);
        QCOMPARE(schedule.at(49), 0.5);
        for (int step = 1; step < 1000; ++step)
            QVERIFY(step < 50 ? schedule.at(step) > schedule.at(step - 1) : schedule.at(step) <= schedule.at(step - 1));
        QVERIFY(schedule.at(999) > 0 && schedule.at(999) < 1e-4);
        QVERIFY(schedule.at(5000) < 1e-12);
    }

    void managesOneStep() { QCOMPARE((RateSchedule{0.5, 1}.at(0)), 0.5); }
};

QTEST_GUILESS_MAIN(tst_RateSchedule)
#include "tst_RateSchedule.moc"
