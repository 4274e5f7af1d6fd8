// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/BlasSpeed.h"

#include <QtTest>

using namespace espalier;

class tst_BlasSpeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresSomething()
    {
        const BlasSpeed speed = measureBlas();
        QVERIFY(speed.gflops > 0);
        QCOMPARE(speed.slow, speed.gflops < 15 && speed.library.find("openblas") == std::string::npos); // a busy machine is no reason to warn
        QVERIFY(!speed.library.empty());
    }

    void saysWhatToDo()
    {
        QVERIFY(QString::fromStdString(BlasSpeed{.gflops = 6, .slow = true}.remedy()).contains("apt install libopenblas0-pthread"));
        QVERIFY((BlasSpeed{.gflops = 300, .slow = false}.remedy().empty()));
    }
};

QTEST_GUILESS_MAIN(tst_BlasSpeed)
#include "tst_BlasSpeed.moc"
