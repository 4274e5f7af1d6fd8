// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/Bootstrap.h"

#include <QtTest>

#include <cmath>

using namespace espalier;

class tst_Bootstrap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// 1,000 sentences, 80 % right: the normal approximation gives 0.8 +- 1.96 * sqrt(0.16 / 1000) = 0.8 +- 0.0248.
    void agreesWithTheNormalApproximation()
    {
        std::vector<std::int64_t> truth(1000, 0);
        std::vector<std::int64_t> predicted(1000, 0);
        for (std::size_t i = 0; i < 1000; ++i) {
            truth[i] = static_cast<std::int64_t>(i % 2);
            predicted[i] = i % 5 == 0 ? 1 - truth[i] : truth[i];
        }
        const auto intervals = bootstrapIntervals(truth, predicted, 2, {}, {});
        QVERIFY(intervals);
        QCOMPARE(intervals->resamples, 1000);
        QVERIFY(std::fabs(intervals->accuracy.low - 0.7752) < 0.004);
        QVERIFY(std::fabs(intervals->accuracy.high - 0.8248) < 0.004);
        QVERIFY(std::fabs(intervals->macroF1.low - intervals->accuracy.low) < 0.004);
    }

    void theSameSeedGivesTheSameIntervals()
    {
        const std::vector<std::int64_t> truth{0, 1, 2, 0, 1, 2, 0};
        const std::vector<std::int64_t> predicted{0, 1, 1, 0, 2, 2, 1};
        const auto one = bootstrapIntervals(truth, predicted, 3, {.seed = 3}, {});
        const auto same = bootstrapIntervals(truth, predicted, 3, {.seed = 3}, {});
        QVERIFY(one->accuracy == same->accuracy && one->macroF1 == same->macroF1);
        QVERIFY(one->macroF1.low < one->macroF1.high);
    }

    /// Words of one sentence stand or fall together: ten sentences of 100 words say little, though they have 1,000 words.
    void sharesResampleWholeSentences()
    {
        std::vector<HitCount> alone;
        std::vector<HitCount> together;
        for (int i = 0; i < 1000; ++i)
            alone.push_back({i % 5 == 0 ? 0 : 1, 1});
        for (int i = 0; i < 10; ++i)
            together.push_back({i % 5 == 0 ? 0 : 100, 100});
        const auto narrow = bootstrapShare(alone, {}, {});
        const auto wide = bootstrapShare(together, {}, {});
        QVERIFY(narrow && wide);
        QVERIFY(std::fabs(narrow->low - 0.7752) < 0.004 && std::fabs(narrow->high - 0.8248) < 0.004);
        QVERIFY(wide->high - wide->low > 0.3);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto intervals = bootstrapIntervals({0, 1}, {0, 1}, 2, {}, RunContext{.stop = stop.get_token()});
        QVERIFY(!intervals && intervals.error().code == ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(tst_Bootstrap)
#include "tst_Bootstrap.moc"
