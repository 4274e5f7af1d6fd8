// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Batching.h"

#include <QtTest>

#include <algorithm>

using namespace espalier;

class tst_Batching : public QObject {
    Q_OBJECT

private:
    std::vector<std::uint16_t> m_lengths;

    static std::vector<std::size_t> flat(const Batches& batches)
    {
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < batches.size(); ++i)
            all.insert(all.end(), batches[i].begin(), batches[i].end());
        std::sort(all.begin(), all.end());
        return all;
    }

    [[nodiscard]] std::size_t longestOf(std::span<const std::uint32_t> batch) const
    {
        std::size_t longest = 0;
        for (const std::uint32_t index : batch)
            longest = std::max<std::size_t>(longest, m_lengths[index]);
        return longest;
    }

    [[nodiscard]] std::size_t padding(const Batches& batches) const
    {
        std::size_t wasted = 0;
        for (std::size_t i = 0; i < batches.size(); ++i) {
            const std::size_t longest = longestOf(batches[i]);
            for (const std::uint32_t index : batches[i])
                wasted += longest - m_lengths[index];
        }
        return wasted;
    }

private Q_SLOTS:
    void initTestCase()
    {
        Random random(1);
        for (int i = 0; i < 1003; ++i)
            m_lengths.push_back(static_cast<std::uint16_t>(1 + random.below(40)));
    }

    void everySentenceOnce()
    {
        Random random(5);
        for (const auto& batches : {shuffledBatches(m_lengths, {.sentences = 16}, random), sortedBatches(m_lengths, {.sentences = 16})}) {
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
        QVERIFY(padding(shuffledBatches(m_lengths, {.sentences = 16}, random)) * 10 < total);
    }

    void shuffleDependsOnTheGenerator()
    {
        Random a(5);
        Random b(5);
        QCOMPARE(shuffledBatches(m_lengths, {.sentences = 16}, a), shuffledBatches(m_lengths, {.sentences = 16}, b));
        Random other(6);
        QVERIFY(shuffledBatches(m_lengths, {.sentences = 16}, a) != shuffledBatches(m_lengths, {.sentences = 16}, other));
    }

    void keepsToTheTokens()
    {
        const BatchLimit limit{.sentences = 1000, .tokens = 200};
        Random random(5);
        for (const auto& batches : {shuffledBatches(m_lengths, limit, random), sortedBatches(m_lengths, limit)}) {
            QCOMPARE(flat(batches).size(), m_lengths.size());
            std::size_t padded = 0;
            for (std::size_t i = 0; i < batches.size(); ++i) {
                QVERIFY(longestOf(batches[i]) * batches[i].size() <= 200);
                padded += longestOf(batches[i]) * batches[i].size();
            }
            QVERIFY2(padded * 10 > batches.size() * 200 * 8, "batches must be nearly full");
        }
    }

    void aSentenceBeyondTheLimitStandsAlone()
    {
        const std::vector<std::uint16_t> lengths{500, 3, 600, 4};
        const Batches batches = sortedBatches(lengths, {.sentences = 64, .tokens = 100});
        QCOMPARE(batches.size(), std::size_t{3});
        QCOMPARE(flat(batches), (std::vector<std::size_t>{0, 1, 2, 3}));
    }

    void takesNothing()
    {
        Random random(5);
        QVERIFY(shuffledBatches({}, {.sentences = 16}, random).size() == 0);
        QVERIFY(sortedBatches({}, {.sentences = 16}).size() == 0);
    }
};

QTEST_GUILESS_MAIN(tst_Batching)
#include "tst_Batching.moc"
