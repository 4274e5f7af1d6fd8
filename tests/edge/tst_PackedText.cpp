// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/coding/PackedText.h"

#include "engine/core/Json.h"
#include "engine/core/Random.h"
#include "engine/exporting/TextPacker.h"

#include <QtTest>
#include <zstd.h>

#include <array>
#include <cstring>
#include <set>

using namespace espalier;
using namespace espalier::edge;

namespace {

Result<std::string> unpack(std::string_view packed, std::size_t maxBytes = std::size_t{1} << 24)
{
    return unpackText(std::as_bytes(std::span(packed)), "The text", {.maxBytes = maxBytes});
}

std::string errorOf(std::string_view packed, std::size_t maxBytes = std::size_t{1} << 24)
{
    const auto text = unpack(packed, maxBytes);
    return text ? std::string() : text.error().message();
}

std::string randomBytes(std::size_t count, std::uint64_t values)
{
    Random random(5);
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i)
        bytes.push_back(static_cast<char>(random.below(values)));
    return bytes;
}

/// What a header holds most of: words in order, and small numbers.
std::string likeAHeader()
{
    Random random(6);
    std::set<std::string> words;
    while (words.size() < 2000) {
        std::string word;
        for (std::uint64_t parts = 1 + random.below(3); parts > 0; --parts)
            word += std::array{"an", "ber", "con", "der", "ing", "lo", "ment", "ne", "pre", "re", "st", "tion", "un", "ver"}[random.below(14)];
        words.insert(word + static_cast<char>('a' + random.below(26)));
    }
    Json probabilities = Json::array();
    for (int i = 0; i < 2000; ++i)
        probabilities.push_back(static_cast<double>(random.below(random.below(300) + 1)) / 1e4);
    return dumpJson({{"vocabulary", words}, {"probabilities", probabilities}, {"labels", {"开灯", "关灯", "turn_on"}}});
}

} // namespace

class tst_PackedText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBack_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) { QTest::newRow(name) << QByteArray(text.data(), qsizetype(text.size())); };
        row("nothing", "");
        row("a byte", "x");
        row("a NUL", std::string(1, '\0'));
        row("a word", "[\"turn\"]");
        row("a header", likeAHeader());
        row("noise", randomBytes(5000, 256));
        row("two bytes", randomBytes(5000, 2));
        row("one byte over and over", std::string(300'000, '"'));
        row("quotes and commas", [] {
            std::string text = randomBytes(20'000, 4);
            for (char& byte : text)
                byte = "\",a["[static_cast<int>(byte)];
            return text;
        }());
    }

    void comesBack()
    {
        QFETCH(QByteArray, text);
        for (const std::size_t front : {std::size_t{0}, static_cast<std::size_t>(text.size()) / 2, static_cast<std::size_t>(text.size())}) {
            const std::string packed = packText(text.toStdString(), front);
            QVERIFY(packed.size() <= packing::fixedBytes + static_cast<std::size_t>(text.size()));
            QCOMPARE(packText(text.toStdString(), front), packed);
            const auto again = unpack(packed);
            QVERIFY2(again.ok(), again ? "" : again.error().message().c_str());
            QCOMPARE(*again, text.toStdString());
            const auto part = unpackText(std::as_bytes(std::span(packed)), "The text", {.maxBytes = std::size_t{1} << 24, .part = TextPart::Front});
            QVERIFY2(part.ok(), part ? "" : part.error().message().c_str());
            QCOMPARE(*part, text.toStdString().substr(0, front));
        }
    }

    /// As packages of version 3 have it.
    void readsTextsWithoutAFrontPart()
    {
        std::string packed = packText(likeAHeader(), 0);
        packed.erase(8, 8);
        const auto text = unpackText(std::as_bytes(std::span(packed)), "The text", {.maxBytes = std::size_t{1} << 24, .hasFront = false});
        QVERIFY2(text.ok(), text ? "" : text.error().message().c_str());
        QCOMPARE(*text, likeAHeader());
        // Written by the first release that packed headers.
        const QByteArray old = QByteArray::fromHex("5100000070f0b55584e20f1b00dcc4e9797a1818d32931b0bfeef5cd9cd1e1d72843bd3d16cc64689bcbf4bf9a88a6bb65a82d64d4b02a13224fb224efc6fe576c5f113d5b");
        const auto again = unpackText(std::as_bytes(std::span(old.constData(), static_cast<std::size_t>(old.size()))), "The text", {.maxBytes = 100, .hasFront = false});
        QVERIFY2(again.ok(), again ? "" : again.error().message().c_str());
        QCOMPARE(*again, std::string(R"({"labels":["alarm_set","alarm_stop"],"vocabulary":["<pad>","<unk>","set","stop"]})"));
    }

    /// What a model of many layers has in its header.
    void repetitionsTakeLittle()
    {
        std::string text;
        for (int layer = 0; layer < 40; ++layer)
            text += "encoder.layer." + std::to_string(layer) + ".attention.output.LayerNorm.weight,";
        const std::string packed = packText(text, text.size());
        QVERIFY2(packed.size() < 260, qPrintable(QString::number(packed.size())));
        QCOMPARE(unpack(packed).value(), text);
    }

    void isSmallerThanZstandards()
    {
        const std::string text = likeAHeader();
        std::string judge(ZSTD_compressBound(text.size()), '\0');
        const std::size_t size = ZSTD_compress(judge.data(), judge.size(), text.data(), text.size(), 19);
        QVERIFY(ZSTD_isError(size) == 0U);
        const std::size_t packed = packText(text, 0).size();
        QVERIFY2(packed * 10 < size * 8, qPrintable(QString("%1 of %2, zstd %3").arg(packed).arg(text.size()).arg(size)));
    }

    /// The bytes of a format stay what they are.
    void sameBytesForEver()
    {
        const std::string packed = packText(R"({"labels":["alarm_set","alarm_stop"],"vocabulary":["<pad>","<unk>","set","stop"]}{"self_tests":["stop set alarm_set"]})", 81);
        QCOMPARE(QByteArray(packed.data(), qsizetype(packed.size())).toHex(),
                 QByteArray("760000003ed8513f5100000070f0b55584e20f1b00dcc4e9797a1818d32931b0bfeef5cd9cd1e1d727b657f8b7f37380bebad58110ee0b455b4809f3cb5e21baad37ac7ffaf03067d57d7fb1c7de61f4578aa4dec0b9160a9185bc6fd1ad"));
    }

    void everyFlipAndCutIsFound()
    {
        const std::string good = packText(likeAHeader().substr(0, 3000), 1000);
        QVERIFY(good.size() < 2000);
        for (std::size_t at = 0; at < good.size(); ++at) {
            QVERIFY2(errorOf(good.substr(0, at)).starts_with("The text "), qPrintable(QString::number(at)));
            std::string bytes = good;
            bytes[at] = static_cast<char>(bytes[at] ^ 1 << at % 8);
            QVERIFY2(errorOf(bytes).starts_with("The text "), qPrintable(QString::number(at)));
        }
        QVERIFY(errorOf(good + '\0').find("damaged") != std::string::npos);
        QVERIFY(errorOf(good + "and more").find("damaged") != std::string::npos);
    }

    void sizesAreCheckedFirst()
    {
        const auto claiming = [](std::uint32_t bytes, std::size_t code) {
            std::string packed(packing::fixedBytes + code, '\0');
            std::memcpy(packed.data(), &bytes, sizeof bytes);
            return packed;
        };
        QVERIFY(errorOf(claiming(UINT32_MAX, 100), SIZE_MAX).find("claims 4294967295 bytes in 100") != std::string::npos);
        QVERIFY(errorOf(claiming(2001, 1000), 2000).find("claims 2001 bytes") != std::string::npos);
        QVERIFY(errorOf(claiming(5, 6)).find("claims 5 bytes in 6") != std::string::npos);
        QVERIFY(errorOf("short").find("cut short") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(tst_PackedText)
#include "tst_PackedText.moc"
