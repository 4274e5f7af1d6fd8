// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/CurveSeries.h"

#include <QTest>

#include <cmath>

using namespace espalier;

class tst_CurveSeries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsPointsInOrder()
    {
        CurveSeries series;
        series.append({0.5, 2});
        series.append({1, 1});
        QCOMPARE(series.points().size(), 2U);
        QCOMPARE(series.points()[1], QPointF(1, 1));
    }

    void staysBoundedAndKeepsTheMean()
    {
        CurveSeries series;
        const int many = 250'000;
        for (int i = 1; i <= many; ++i)
            series.append({i / 1000.0, i % 2 == 0 ? 1.0 : 3.0});
        QCOMPARE(series.received(), static_cast<std::size_t>(many));
        QVERIFY(series.points().size() <= CurveSeries::maxPoints + 1);
        QVERIFY(series.pointsPerEntry() >= 2);
        const std::vector<QPointF> points = series.points();
        double sum = 0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            sum += points[i].y();
            QVERIFY(i == 0 || points[i].x() > points[i - 1].x());
        }
        QVERIFY(std::abs(sum / static_cast<double>(points.size()) - 2) < 0.01);
        QVERIFY(points.back().x() > 249.9);
    }

    void smoothingIsNotPulledToZero()
    {
        CurveSeries series;
        for (int i = 1; i <= 100; ++i)
            series.append({i / 10.0, 5});
        for (const QPointF& point : series.smoothed(2))
            QVERIFY(std::abs(point.y() - 5) < 1e-9);
    }

    void smoothingFollowsWithTheWidthAsked()
    {
        CurveSeries series;
        for (int i = 0; i < 2000; ++i)
            series.append({i / 100.0, i < 1000 ? 0.0 : 1.0});
        // One width after a step, an exponential mean has gone 1 - 1/e of the way.
        const QPointF after = series.smoothed(1)[1000 + 100];
        QVERIFY(std::abs(after.y() - (1 - std::exp(-1.0))) < 0.02);
        QCOMPARE(series.smoothed(0)[1000].y(), 1.0);
    }

    void resumedRunReplacesWhatItRepeats()
    {
        CurveSeries series;
        for (const double x : {0.5, 1.0, 1.5, 2.0})
            series.append({x, 1});
        series.append({1.2, 9});
        const std::vector<QPointF> points = series.points();
        QCOMPARE(points.size(), 3U);
        QCOMPARE(points.back(), QPointF(1.2, 9));
    }

    void notANumberIsCountedAndLeftOut()
    {
        CurveSeries series;
        series.append({1, std::nan("")});
        series.append({2, INFINITY});
        QCOMPARE(series.notFinite(), 2U);
        QVERIFY(series.isEmpty());
    }

    void completeFillsOnlyTheEnds()
    {
        CurveSeries series;
        series.append({3, 30});
        series.append({4, 40});
        series.complete({{1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}});
        const std::vector<QPointF> points = series.points();
        QCOMPARE(points.size(), 5U);
        QCOMPARE(points[0], QPointF(1, 1));
        QCOMPARE(points[2], QPointF(3, 30));
        QCOMPARE(points[4], QPointF(5, 5));
    }
};

QTEST_GUILESS_MAIN(tst_CurveSeries)
#include "tst_CurveSeries.moc"
