// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/coding/WordList.h"

#include "engine/core/Random.h"
#include "engine/edge/coding/Checksum.h"
#include "engine/exporting/WordListPacker.h"

#include <QtTest>

#include <array>
#include <cstring>
#include <set>

using namespace espalier;
using namespace espalier::edge;

namespace {

constexpr std::size_t most = std::size_t{1} << 24;

Result<std::vector<std::string>> unpack(std::string_view packed, std::size_t maxBytes = most)
{
    return unpackWords(std::as_bytes(std::span(packed)), "The list", maxBytes);
}

std::string errorOf(std::string_view packed, std::size_t maxBytes = most)
{
    const auto words = unpack(packed, maxBytes);
    return words ? std::string() : words.error().message();
}

std::vector<std::string> likeWords(std::size_t count)
{
    Random random(6);
    std::set<std::string> words;
    while (words.size() < count) {
        std::string word;
        for (std::uint64_t parts = 1 + random.below(4); parts > 0; --parts)
            word += std::array{"an", "ber", "con", "der", "ing", "lo", "ment", "ne", "pre", "re", "st", "tion", "un", "ver", "\u706f", "\u00e9"}[random.below(16)];
        words.insert(word + static_cast<char>('a' + random.below(26)));
    }
    return {words.begin(), words.end()};
}

/// With the checksum that fits.
std::string mended(std::string packed, std::size_t checkAt)
{
    const std::uint32_t check = checksumOf(std::as_bytes(std::span(packed)).subspan(checkAt + 4));
    std::memcpy(packed.data() + checkAt, &check, sizeof check);
    return packed;
}

} // namespace

Q_DECLARE_METATYPE(std::vector<std::string>)

class tst_WordList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The specification's vectors, and one that takes every branch.
    void checksums()
    {
        const auto of = [](std::string_view text) { return xxh64(std::as_bytes(std::span(text))); };
        QCOMPARE(of(""), 0xef46db3751d8e999U);
        QCOMPARE(of("a"), 0xd24ec4f1a98c6e5bU);
        QCOMPARE(of("abc"), 0x44bc2cf5ad770999U);
        QCOMPARE(of("Nobody inspects the spammish repetition"), 0xfbcea83c8a378bf1U);
    }

    void comesBack_data()
    {
        QTest::addColumn<std::vector<std::string>>("words");
        const auto words = likeWords(3000);
        QTest::newRow("one") << std::vector<std::string>{"word"};
        QTest::newRow("words in order") << words;
        QTest::newRow("the other way round") << std::vector<std::string>(words.rbegin(), words.rend());
        QTest::newRow("a text that is empty, and one that is long") << std::vector<std::string>{"", "a", "", std::string(1000, 'x'), std::string(999, 'x') + "y", std::string(3, '\0')};
        QTest::newRow("the same over and over") << std::vector<std::string>(50, "same");
        QTest::newRow("every byte of UTF-8") << [] {
            std::vector<std::string> all;
            for (int byte = 1; byte < 0xf5; ++byte)
                all.push_back(byte < 0x80 ? std::string(1, static_cast<char>(byte)) : byte < 0xc2 ? "\xc3" + std::string(1, static_cast<char>(byte)) : std::string(1, static_cast<char>(byte)) + "\x90\x90\x90");
            return all;
        }();
    }

    void comesBack()
    {
        QFETCH(std::vector<std::string>, words);
        const auto packed = packWords(words);
        QVERIFY(packed.has_value());
        QCOMPARE(packWords(words), packed);
        const auto again = unpack(*packed);
        QVERIFY2(again.ok(), again ? "" : again.error().message().c_str());
        QCOMPARE(*again, words);
    }

    void wordsInOrderTakeLittle()
    {
        const auto words = likeWords(3000);
        std::size_t letters = 0;
        for (const std::string& word : words)
            letters += word.size() + 1;
        const std::size_t packed = packWords(words)->size();
        QVERIFY2(packed * 4 < letters, qPrintable(QString("%1 of %2").arg(packed).arg(letters)));
    }

    /// Those that would look like an attack, or have too many letters, stand in the header as before.
    void leavesOthersAlone()
    {
        QVERIFY(!packWords(std::vector<std::string>(100'000, "same")));
        std::string bytes;
        for (int byte = 0; byte < 256; ++byte)
            bytes.push_back(static_cast<char>(byte));
        QVERIFY(!packWords(std::vector<std::string>{bytes}));
    }

    void everyFlipAndCutIsFound()
    {
        const std::string good = *packWords(likeWords(200));
        constexpr std::size_t checkAt = 4; // 200 and some thousand letters: two bytes each
        QCOMPARE(mended(good, checkAt), good);
        for (std::size_t at = 0; at < good.size(); ++at) {
            QVERIFY2(errorOf(good.substr(0, at)).starts_with("The list "), qPrintable(QString::number(at)));
            std::string bytes = good;
            bytes[at] = static_cast<char>(bytes[at] ^ 1 << at % 8);
            QVERIFY2(errorOf(bytes).starts_with("The list "), qPrintable(QString::number(at)));
            if (at < checkAt + 4)
                continue;
            const auto words = unpack(mended(bytes, checkAt)); // no crash; an error, or other words
            QVERIFY(!words || words->size() == 200);
        }
    }

    void sizesAreCheckedFirst()
    {
        const std::string good = *packWords(likeWords(200));
        QVERIFY(errorOf(good, 100).find("claims 200 texts") != std::string::npos);
        std::string many = good;
        many[0] = static_cast<char>(0xff);
        many[1] = 0x7f;
        QVERIFY(errorOf(many).find("claims 16383 texts") != std::string::npos);
        QVERIFY(errorOf("x").find("cut short") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_WordList)
#include "tst_WordList.moc"
