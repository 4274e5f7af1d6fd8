// SPDX-License-Identifier: GPL-3.0-or-later
// The approximations against the standard library in double, over the whole range that matters.
#include "engine/edge/Elementary.h"

#include <QtTest>

using namespace espalier::edge;

class tst_Elementary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exponentialIsPrecise()
    {
        for (double x = -87; x <= 88; x += 0.00137) {
            const auto argument = static_cast<float>(x);
            const double exact = std::exp(double{argument});
            QVERIFY2(std::fabs(double{exponential(argument)} / exact - 1) < 2.4e-7, qPrintable(QString::number(x)));
        }
        QCOMPARE(exponential(0.0F), 1.0F);
    }

    void exponentialStopsAtItsBorders()
    {
        for (const float x : {-88.0F, -1000.0F, -std::numeric_limits<float>::infinity()})
            QVERIFY(exponential(x) > 0 && exponential(x) < 1.7e-38F);
        QVERIFY(std::isfinite(exponential(1e30F)));
    }

    void powerOfTwoIsPrecise()
    {
        for (double x = -125; x <= 0; x += 0.0011) {
            const auto argument = static_cast<float>(x);
            QVERIFY2(std::fabs(double{powerOfTwo(argument)} / std::exp2(double{argument}) - 1) <= 2.5e-7, qPrintable(QString::number(x)));
        }
        for (const float x : {-126.0F, -1e6F, -std::numeric_limits<float>::infinity()})
            QCOMPARE(powerOfTwo(x), powerOfTwo(-125.0F));
    }

    void geluIsPrecise()
    {
        for (double x = -12; x <= 12; x += 0.000031) {
            const auto argument = static_cast<float>(x);
            const double exact = double{argument} * 0.5 * std::erfc(-double{argument} / std::sqrt(2.0));
            QVERIFY2(std::fabs(double{gelu(argument)} - exact) <= 2.5e-7 * std::max(1.0, std::fabs(x)), qPrintable(QString::number(x)));
        }
        QCOMPARE(gelu(0.0F), 0.0F);
        QCOMPARE(gelu(1e6F), 1e6F);
        QCOMPARE(gelu(-1e6F), 0.0F);
    }
};

QTEST_GUILESS_MAIN(tst_Elementary)
#include "tst_Elementary.moc"
