// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/TokenSequences.h"

#include "engine/core/Random.h"

#include <QtTest>

using namespace espalier;

class tst_TokenSequences : public QObject {
    Q_OBJECT

private:
    std::vector<std::vector<std::int32_t>> m_sentences;

    [[nodiscard]] TokenSequences filled(TokenSequences sequences) const
    {
        for (const auto& sentence : m_sentences)
            if (!sequences.add(sentence))
                qFatal("a sentence was refused");
        return sequences;
    }

    static std::string fingerprintOf(const TokenSequences& sequences)
    {
        Fingerprint fingerprint;
        sequences.addTo(fingerprint);
        return fingerprint.hex();
    }

    void compare(const TokenSequences& sequences) const
    {
        QCOMPARE(sequences.size(), m_sentences.size());
        std::vector<std::int32_t> buffer;
        for (std::size_t k = 0; k < m_sentences.size(); ++k) {
            const std::size_t i = k * 7919 % m_sentences.size(); // not in order
            const auto ids = sequences.read(i, buffer);
            QCOMPARE(std::vector<std::int32_t>(ids.begin(), ids.end()), m_sentences[i]);
            QCOMPARE(std::size_t{sequences.lengths()[i]}, m_sentences[i].size());
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        Random random(3);
        for (int i = 0; i < 60'000; ++i) {
            auto& sentence = m_sentences.emplace_back(random.below(20));
            for (auto& id : sentence)
                id = static_cast<std::int32_t>(2 + random.below(30'000));
        }
    }

    void keepsSentencesInMemory()
    {
        const TokenSequences sequences = filled(TokenSequences());
        QVERIFY(!sequences.spilled());
        compare(sequences);
    }

    /// Partly in the file, partly not yet: what is read is the same, and no file is left behind or even seen.
    void spillsToAFile()
    {
        QTemporaryDir folder;
        const auto inside = std::filesystem::path(folder.path().toStdString()) / "scratch";
        const TokenSequences sequences = filled(TokenSequences(inside, 100'000));
        QVERIFY(sequences.spilled());
        compare(sequences);
        QVERIFY(std::filesystem::is_empty(inside));
        QCOMPARE(fingerprintOf(sequences), fingerprintOf(filled(TokenSequences())));
    }

    void saysWhereItCannotSpill()
    {
        TokenSequences sequences("/proc/espalier", 8);
        const std::vector<std::int32_t> ids(16, 5);
        const auto added = sequences.add(ids);
        QVERIFY(!added);
        QVERIFY(QString::fromStdString(added.error().message()).contains("/proc/espalier"));
    }

    void knowsItsIds()
    {
        const TokenSequences sequences{{4, 9}, {}, {7}};
        QCOMPARE(sequences.largestId(), 9);
        QCOMPARE(sequences.smallestId(), 0);
        QCOMPARE(TokenSequences{{-3}}.smallestId(), -3);
        QCOMPARE(fingerprintOf(sequences) == fingerprintOf(TokenSequences{{4}, {9}, {7}}), false);
    }

    void refusesEndlessSentences()
    {
        TokenSequences sequences;
        QVERIFY(!sequences.add(std::vector<std::int32_t>(TokenSequences::longest + 1, 2)));
        QVERIFY(sequences.add(std::vector<std::int32_t>(TokenSequences::longest, 2)));
        QCOMPARE(sequences.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(tst_TokenSequences)
#include "tst_TokenSequences.moc"
