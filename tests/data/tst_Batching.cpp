// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Batching.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;

class tst_Batching : public QObject {
    Q_OBJECT

private:
    std::vector<std::size_t> m_lengths;

    static std::vector<std::size_t> flat(const IndexBatches& batches)
    {
        std::vector<std::size_t> all;
        for (const auto& batch : batches)
            all.insert(all.end(), batch.begin(), batch.end());
        std::sort(all.begin(), all.end());
        return all;
    }

    [[nodiscard]] std::size_t padding(const IndexBatches& batches) const
    {
        std::size_t wasted = 0;
        for (const auto& batch : batches) {
            std::size_t longest = 0;
            for (const std::size_t index : batch)
                longest = std::max(longest, m_lengths[index]);
            for (const std::size_t index : batch)
                wasted += longest - m_lengths[index];
        }
        return wasted;
    }

private Q_SLOTS:
    void initTestCase()
    {
        Random random(1);
        for (int i = 0; i < 1003; ++i)
            m_lengths.push_back(1 + random.below(40));
    }

    void everySentenceOnce()
    {
        Random random(5);
        for (const auto& batches : {shuffledBatches(m_lengths, 16, random), sortedBatches(m_lengths, 16)}) {
            QCOMPARE(batches.size(), std::size_t{63});
            const auto all = flat(batches);
            QCOMPARE(all.size(), m_lengths.size());
            for (std::size_t i = 0; i < all.size(); ++i)
                QCOMPARE(all[i], i);
        }
    }

    void wastesLittle()
    {
        Random random(5);
        std::size_t total = 0;
        for (const std::size_t length : m_lengths)
            total += length;
        QVERIFY(padding(shuffledBatches(m_lengths, 16, random)) * 10 < total);
    }

    void shuffleDependsOnTheGenerator()
    {
        Random a(5);
        Random b(5);
        QCOMPARE(shuffledBatches(m_lengths, 16, a), shuffledBatches(m_lengths, 16, b));
        Random other(6);
        QVERIFY(shuffledBatches(m_lengths, 16, a) != shuffledBatches(m_lengths, 16, other));
    }

    void takesNothing()
    {
        Random random(5);
        QVERIFY(shuffledBatches({}, 16, random).empty());
        QVERIFY(sortedBatches({}, 16).empty());
    }
};

QTEST_GUILESS_MAIN(tst_Batching)
#include "tst_Batching.moc"
