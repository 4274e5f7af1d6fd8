// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers are fixed for ever: splits and seeds in saved projects depend on them. Reference values: the authors' published
// C code of SplitMix64 and xoshiro256**.
#include "engine/core/Random.h"

#include <QTest>

#include <algorithm>

using namespace espalier;

class tst_Random : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seedsBySplitMix64()
    {
        const Random random(1234567);
        const std::array<std::uint64_t, 4> expected{6457827717110365317u, 3203168211198807973u, 9817491932198370423u, 4593380528125082431u};
        QVERIFY(random.state() == expected);
    }

    void givesTheReferenceSequence()
    {
        Random random(0);
        random.setState({1, 2, 3, 4});
        for (const std::uint64_t expected : {11520u, 0u, 1509978240u})
            QCOMPARE(random.next(), expected);
        QCOMPARE(random.next(), std::uint64_t{1215971899390074240u});
        QCOMPARE(Random(42).next(), std::uint64_t{1546998764402558742u});
    }

    void shufflesTheSameWayForEver()
    {
        std::vector<int> items{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        Random(1).shuffle(items);
        QVERIFY((items == std::vector<int>{3, 8, 0, 9, 2, 5, 6, 4, 1, 7}));
        std::vector<int> none;
        Random(1).shuffle(none);
        QVERIFY(none.empty());
    }

    void staysInRange()
    {
        Random random(3);
        std::array<int, 7> seen{};
        for (int i = 0; i < 7000; ++i)
            ++seen[random.below(7)];
        // 1000 each on average with a standard deviation of 29; the seed is fixed, so this cannot fail by chance.
        QVERIFY(*std::min_element(seen.begin(), seen.end()) > 850 && *std::max_element(seen.begin(), seen.end()) < 1150);
        QCOMPARE(random.below(1), std::uint64_t{0});
        QCOMPARE(Random(1).uniform(), 0.7029218331588505);
        for (int i = 0; i < 1000; ++i) {
            const double x = random.uniform();
            QVERIFY(x >= 0 && x < 1);
        }
    }

    void goesOnFromASavedState()
    {
        Random random(9);
        (void)random.next();
        const auto state = random.state();
        const std::uint64_t next = random.next();
        Random resumed(1);
        resumed.setState(state);
        QCOMPARE(resumed.next(), next);
    }
};

QTEST_GUILESS_MAIN(tst_Random)
#include "tst_Random.moc"
