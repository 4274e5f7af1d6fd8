// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/edge/coding/EntropyCoding.h"

#include "engine/core/Random.h"
#include "engine/edge/coding/FrequencyTable.h"
#include "engine/exporting/EntropyEncoder.h"

#include <QtTest>

#include <cmath>
#include <memory>

using namespace espalier;
using namespace espalier::edge;

namespace {

struct Plain {
    std::vector<float> scales;
    std::vector<std::int8_t> codes;
};

std::int8_t randomCode(Random& random, const std::string& kind)
{
    const double uniform = random.uniform() + 1e-9;
    if (kind == "one value")
        return 5;
    if (kind == "largest only")
        return random.below(2) == 0 ? 127 : -127;
    if (kind == "uniform")
        return static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
    const int magnitude = 1 + std::min(126, static_cast<int>(-25 * std::log(uniform)));
    return static_cast<std::int8_t>(kind == "positive" || random.below(2) == 0 ? magnitude : -magnitude);
}

/// @p mask: "random"; "rows", whole rows kept or not; "balanced", as many in every 64.
Plain randomTensor(std::size_t rows, std::size_t columns, double density, const std::string& kind, const std::string& mask)
{
    Random random(rows * 31 + columns);
    Plain tensor;
    for (std::size_t row = 0; row < rows; ++row) {
        const bool live = random.uniform() < density;
        tensor.scales.push_back(mask == "rows" && !live ? 0.0F : std::bit_cast<float>(static_cast<std::uint32_t>(950 + random.below(12)) << coding::scaleShift));
        for (std::size_t column = 0; column < columns; ++column) {
            const bool kept = mask == "rows" ? live : mask == "balanced" ? column % 64 < 64 * density : random.uniform() < density;
            tensor.codes.push_back(kept ? randomCode(random, kind) : std::int8_t{0});
        }
    }
    return tensor;
}

std::string encoded(const Plain& tensor)
{
    return entropyCoded(tensor.scales, tensor.codes).value();
}

/// From a piece of memory of just that size, so that a sanitizer sees what is read beyond it.
Result<CodedTensor> decode(std::string_view bytes, std::size_t rows, std::size_t count)
{
    const auto exact = std::make_unique<std::byte[]>(bytes.size());
    std::copy_n(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size(), exact.get());
    return decodeEntropyCoded({exact.get(), bytes.size()}, rows, count);
}

QString errorOf(const std::string& bytes, const Plain& tensor)
{
    const auto decoded = decode(bytes, tensor.scales.size(), tensor.codes.size());
    return decoded ? QString() : QString::fromStdString(decoded.error().message());
}

QString tableError(const std::vector<int>& numbers)
{
    std::string bytes;
    for (const int number : numbers)
        bytes += static_cast<char>(number);
    ByteReader reader(std::as_bytes(std::span(bytes)));
    const auto frequencies = readFrequencies(reader);
    return frequencies ? QString() : QString::fromStdString(frequencies.error().message());
}

const Plain small{{0.5F, 0, 0.75F}, {0, 3, -4, 0, 0, 0, 0, 0, 0, 0, 127, -1, 0, 3, 3}};

} // namespace

class tst_EntropyCoding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("mask");
        for (const char* kind : {"two-sided", "positive", "one value", "largest only", "uniform"})
            for (const char* mask : {"random", "rows", "balanced"})
                QTest::addRow("%s, %s", kind, mask) << kind << mask;
    }

    void whatIsWrittenIsRead()
    {
        QFETCH(QString, kind);
        QFETCH(QString, mask);
        const std::vector<std::pair<std::size_t, std::size_t>> shapes{{1, 1}, {1, 5}, {7, 1}, {3, 8}, {13, 100}, {64, 256}, {300, 700}, {1, 98304}, {2, 49151}};
        for (const auto& [rows, columns] : shapes)
            for (const double density : {0.0, 0.0002, 0.01, 0.1, 0.3, 0.5, 0.75, 0.99, 1.0}) {
                const Plain tensor = randomTensor(rows, columns, density, kind.toStdString(), mask.toStdString());
                const auto decoded = decode(encoded(tensor), rows, tensor.codes.size());
                QVERIFY2(decoded.ok(), decoded ? "" : decoded.error().message().c_str());
                QVERIFY(decoded->codes == tensor.codes);
                QVERIFY(decoded->scales == tensor.scales);
            }
    }

    /// Zeros in runs of any length, also across what one gap can say and at the ends of a block.
    void gapsOfEveryLength()
    {
        Plain tensor{{0.5F}, {}};
        for (std::size_t gap = 0; gap < 1100; gap += gap < 520 ? 1 : 97) {
            tensor.codes.insert(tensor.codes.end(), gap, 0);
            tensor.codes.push_back(static_cast<std::int8_t>(1 + gap % 127));
        }
        for (const std::size_t behind : {0, 1, 253, 254, 255, 70000}) {
            Plain longer = tensor;
            longer.codes.insert(longer.codes.end(), behind, 0);
            const auto decoded = decode(encoded(longer), 1, longer.codes.size());
            QVERIFY(decoded.ok() && decoded->codes == longer.codes);
        }
    }

    void sizeIsNearTheEntropy()
    {
        const Plain tensor = randomTensor(512, 512, 0.2, "uniform", "random");
        const auto kept = static_cast<double>(std::count_if(tensor.codes.begin(), tensor.codes.end(), [](int code) { return code != 0; }));
        const double share = kept / static_cast<double>(tensor.codes.size());
        const double mask = -share * std::log2(share) - (1 - share) * std::log2(1 - share);
        const double bits = 8 * static_cast<double>(encoded(tensor).size()) / static_cast<double>(tensor.codes.size());
        QVERIFY2(bits < 1.01 * (mask + share * std::log2(254)), qPrintable(QString::number(bits)));
    }

    /// Otherwise a repeated export would be another release.
    void sameBytesForTheSameTensor()
    {
        const Plain tensor = randomTensor(64, 256, 0.3, "two-sided", "random");
        QVERIFY(encoded(tensor) == encoded(tensor));
    }

    void scalesTooFarApartAreNotForIt()
    {
        QVERIFY(!entropyCoded(std::vector<float>{1e-20F, 1e20F}, std::vector<std::int8_t>{1, 1}));
        QVERIFY(entropyCoded(std::vector<float>{0, 0x1p-10F, 0x1p20F}, std::vector<std::int8_t>{0, 1, 1}));
    }

    void everyTruncationIsAnError()
    {
        for (const Plain& tensor : {small, randomTensor(20, 90, 1, "two-sided", "random"), randomTensor(300, 500, 0.05, "two-sided", "random")}) {
            const std::string good = encoded(tensor);
            for (std::size_t size = 0; size < good.size(); size += 1 + good.size() / 4000)
                QVERIFY(!errorOf(good.substr(0, size), tensor).isEmpty());
            QVERIFY(errorOf(good + '\0', tensor).contains("1 bytes too many"));
        }
    }

    void flippedBitsAreFoundOrHarmless()
    {
        for (const Plain& tensor : {small, randomTensor(20, 90, 1, "two-sided", "random"), randomTensor(50, 90, 0.05, "positive", "random"), randomTensor(200, 100, 0.5, "two-sided", "rows")}) {
            const std::string good = encoded(tensor);
            std::size_t found = 0;
            std::size_t tried = 0;
            for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 2000)
                for (int bit = 0; bit < 8; ++bit) {
                    std::string bad = good;
                    bad[at] = static_cast<char>(bad[at] ^ 1 << bit);
                    found += !errorOf(bad, tensor).isEmpty();
                    ++tried;
                }
            // A symbol may turn into another of the same frequency, unseen: for that a package has its hash. Where all are as frequent it is the rule.
            QVERIFY2(found > tried / 2, qPrintable(QString("%1 of %2").arg(found).arg(tried)));
        }
    }

    void otherSizesAreErrors()
    {
        const Plain tensor = randomTensor(30, 50, 0.3, "two-sided", "random");
        const std::string good = encoded(tensor);
        for (const std::size_t count : {1, 100, 1200, 1499})
            QVERIFY(!decode(good, 30, count).ok());
        for (const std::size_t rows : {1, 29, 31, 1500})
            QVERIFY(!decode(good, rows, 1500).ok());
        QVERIFY(decode(good, 30, 1500).ok());
    }

    void smallFilesDoNotTakeAllMemory()
    {
        QVERIFY(!decode(encoded(small), 1, std::size_t{1} << 28).ok());
        Plain lonely{{1}, std::vector<std::int8_t>(8 << 20)};
        lonely.codes[77] = 1;
        QVERIFY(!entropyCoded(lonely.scales, lonely.codes));
    }

    /// Form, base (two bytes), then the table of the scales: width, groups, F0, F...
    void wrongTables_data()
    {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("form") << 0 << 9 << "a form that this runtime does not know";
        QTest::newRow("scale beyond all numbers") << 1 << 0xff << "not a finite number";
        QTest::newRow("form of the table") << 3 << 16 << "more than 255 symbols";
        QTest::newRow("groups") << 4 << 255 << "";
        QTest::newRow("sum") << 5 << 0 << "does not add up to 4096";
        QTest::newRow("share") << 6 << 0xff << "";
    }

    void wrongTables()
    {
        QFETCH(int, at);
        QFETCH(int, value);
        QFETCH(QString, named);
        std::string bytes = encoded(small);
        QCOMPARE(int(bytes[2]), 7); // the base takes two bytes
        if (at == 1)
            bytes[2] = 0x0f; // 0x7ff
        bytes[static_cast<std::size_t>(at)] = static_cast<char>(value);
        const QString error = errorOf(bytes, small);
        QVERIFY(!error.isEmpty());
        QVERIFY2(error.contains(named), qPrintable(error));
    }

    void wrongFrequencies()
    {
        QCOMPARE(tableError({0, 0, 0x80, 0x20}), QString()); // 4096 for symbol 0
        QVERIFY(tableError({0, 0, 0x81, 0x20}).contains("more than 4096"));
        QVERIFY(tableError({0, 1, 0xff, 0x1f}).contains("cut short"));
        QCOMPARE(tableError({0, 1, 0xff, 0x1f, 1}), QString());
        QVERIFY(tableError({0, 1, 0xff, 0x1f, 2}).contains("4096"));
        QVERIFY(tableError({2, 1, 0xfd, 0x1f, 3}).contains("no share")); // 3 for a group of 4
        QCOMPARE(tableError({2, 1, 0xfc, 0x1f, 4}), QString());
        QCOMPARE(tableError({7, 2, 0x80, 0x1e, 0, 0x80, 0x02}), QString()); // the second group has 127 symbols
        QVERIFY(tableError({7, 3, 0x80, 0x1e, 0, 0x80, 0x02, 0}).contains("255 symbols"));
        QVERIFY(tableError({0, 0, 0xff, 0xff, 0xff, 0xff}).contains("cut short")); // a number that does not end
    }

    /// Tables of half a byte a group.
    void wrongLevels()
    {
        QCOMPARE(tableError({8, 0, 1}), QString()); // all 4096 for symbol 0
        QCOMPARE(tableError({8, 2, 0xf1, 0xf}), QString());
        QVERIFY(tableError({8, 2, 0xf1}).contains("cut short"));
        QVERIFY(tableError({8, 2, 0, 0}).contains("4096")); // no symbol at all
        QVERIFY(tableError({15, 3, 0x11, 0x11}).contains("255 symbols"));
        QVERIFY(tableError({16, 0, 1}).contains("255 symbols"));
        std::vector<int> all{8, 254};
        all.insert(all.end(), 128, 0x11);
        QCOMPARE(tableError(all), QString());
    }

    /// By hand: weights of 4096, 16 and 116 share 4096; each of the second group's four symbols has one; the first gets what is left.
    void levelsAreFrequencies()
    {
        const std::array<std::uint8_t, 3> levels{15, 1, 6};
        const auto frequencies = frequenciesOfLevels(levels, 2);
        QVERIFY(frequencies.has_value());
        QCOMPARE((*frequencies)[1], 15U);
        QCOMPARE((*frequencies)[2], 112U);
        QCOMPARE((*frequencies)[0], 4096U - 15U - 112U);
        QCOMPARE((*frequenciesOfLevels(std::array<std::uint8_t, 3>{15, 0, 1}, 6))[2], 64U); // no less than its symbols
    }
};

QTEST_GUILESS_MAIN(tst_EntropyCoding)
#include "tst_EntropyCoding.moc"
