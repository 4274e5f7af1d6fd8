// SPDX-License-Identifier: GPL-3.0-or-later
// Codes that are decoded as they are asked for are those that decoding all of them gives, whoever asks, in whatever order; and bytes that changed meanwhile do no harm beyond their own block.
#include "engine/edge/coding/LazyCodes.h"

#include "engine/core/Random.h"
#include "engine/exporting/EntropyEncoder.h"

#include <QtTest>

#include <algorithm>
#include <cstring>
#include <thread>

using namespace espalier;
using namespace espalier::edge;

namespace {

constexpr std::size_t rows = 5000;
constexpr std::size_t columns = 144; ///< 11 blocks, whose ends are inside rows

struct Case {
    std::string bytes;
    CodedTensor whole;
};

/// @p density of codes that are not zero, none above @p largest.
Case makeCase(double density, int largest = 127)
{
    Random random(3);
    std::vector<std::int8_t> codes;
    for (std::size_t i = 0; i < rows * columns; ++i)
        codes.push_back(random.uniform() < density ? static_cast<std::int8_t>(static_cast<int>(random.below(static_cast<std::uint64_t>(2 * largest + 1))) - largest) : std::int8_t{0});
    Case made{entropyCoded(std::vector<float>(rows, 1.0F), codes).value(), {}};
    made.whole = decodeEntropyCoded(std::as_bytes(std::span(made.bytes)), rows, codes.size()).value();
    return made;
}

std::unique_ptr<LazyCodes> lazyOf(const Case& made, LazyCodes::Source source, int largest = 127)
{
    auto blocks = CodedBlocks::read(std::as_bytes(std::span(made.bytes)), rows, rows * columns).value();
    return std::make_unique<LazyCodes>(std::move(blocks), rows * columns, largest, std::move(source));
}

LazyCodes::Source sourceOf(const std::string& bytes)
{
    return [&bytes](std::size_t offset, std::span<std::byte> into) {
        if (offset + into.size() > bytes.size())
            return false;
        std::memcpy(into.data(), bytes.data() + offset, into.size());
        return true;
    };
}

bool sameRow(LazyCodes& lazy, const Case& made, std::size_t row)
{
    return std::memcmp(lazy.at(row * columns, columns), made.whole.codes.data() + row * columns, columns) == 0;
}

} // namespace

class tst_LazyCodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatIsAskedFor_data()
    {
        QTest::addColumn<double>("density");
        for (const double density : {1.0, 0.3, 0.05, 0.001, 0.0})
            QTest::addRow("%g", density) << density;
    }
    void givesWhatIsAskedFor()
    {
        QFETCH(double, density);
        const Case made = makeCase(density);
        const auto lazy = lazyOf(made, sourceOf(made.bytes));
        QCOMPARE(lazy->blocks(), std::size_t{11});
        QCOMPARE(lazy->decodedBlocks(), std::size_t{0});
        QVERIFY(sameRow(*lazy, made, 4999));
        QCOMPARE(lazy->decodedBlocks(), std::size_t{1});
        const std::size_t across = lazyBlockLength() / columns; // a row that begins in the first block and ends in the second
        QVERIFY(sameRow(*lazy, made, across));
        QCOMPARE(lazy->decodedBlocks(), std::size_t{3});
        Random random(8);
        for (int i = 0; i < 200; ++i)
            QVERIFY(sameRow(*lazy, made, random.below(rows)));
        QVERIFY(!lazy->damaged());
    }

    void severalRowsAtOnce()
    {
        const Case made = makeCase(0.5);
        const auto lazy = lazyOf(made, sourceOf(made.bytes));
        const std::vector<std::int32_t> few{10, 20, 10, 4999};
        lazy->expect(few, columns);
        QCOMPARE(lazy->decodedBlocks(), std::size_t{2});
        std::vector<std::int32_t> all(rows);
        for (std::size_t i = 0; i < rows; ++i)
            all[i] = static_cast<std::int32_t>(rows - 1 - i);
        lazy->expect(all, columns);
        QCOMPARE(lazy->decodedBlocks(), lazy->blocks());
        for (std::size_t row = 0; row < rows; ++row)
            QVERIFY(sameRow(*lazy, made, row));
    }

    void threadsShareIt()
    {
        const Case made = makeCase(0.5);
        const auto lazy = lazyOf(made, sourceOf(made.bytes));
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (std::uint64_t seed = 0; seed < 4; ++seed)
            threads.emplace_back([&, seed] {
                Random random(seed);
                for (int i = 0; i < 300; ++i)
                    wrong += sameRow(*lazy, made, random.below(rows)) ? 0 : 1;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    void bytesThatAreGoneAreZeros()
    {
        const Case made = makeCase(1);
        bool gone = false;
        const auto there = sourceOf(made.bytes);
        const auto lazy = lazyOf(made, [&](std::size_t offset, std::span<std::byte> into) { return !gone && there(offset, into); });
        QVERIFY(sameRow(*lazy, made, 0));
        gone = true;
        QVERIFY(sameRow(*lazy, made, 1)); // of the same block
        QVERIFY(!lazy->damaged());
        const std::int8_t* codes = lazy->at(4000 * columns, columns);
        QVERIFY(lazy->damaged());
        QVERIFY(std::all_of(codes, codes + columns, [](std::int8_t code) { return code == 0; }));
        QVERIFY(sameRow(*lazy, made, 2));
    }

    /// Whoever gives the bytes says whether they are still the same; where they are not, no other block suffers.
    void bytesThatChangedDoNoHarm_data()
    {
        QTest::addColumn<double>("density");
        for (const double density : {1.0, 0.05, 0.0001})
            QTest::addRow("%g", density) << density;
    }
    void bytesThatChangedDoNoHarm()
    {
        QFETCH(double, density);
        const Case made = makeCase(density);
        const auto blocks = CodedBlocks::read(std::as_bytes(std::span(made.bytes)), rows, rows * columns).value();
        Random random(5);
        for (int i = 0; i < 150; ++i) {
            const std::size_t block = random.below(blocks.size());
            std::string changed = made.bytes;
            char& byte = changed[blocks.offsetOf(block) + random.below(blocks.bytesOf(block))];
            byte = static_cast<char>(byte ^ 1 << random.below(8));
            const auto lazy = lazyOf(made, sourceOf(changed));
            for (std::size_t row = 0; row < rows; row += 37)
                if (row * columns / blocks.length() != block && (row * columns + columns - 1) / blocks.length() != block)
                    QVERIFY(sameRow(*lazy, made, row));
                else
                    (void)lazy->at(row * columns, columns);
        }
    }

    void codesBeyondTheEncodingAreDamage()
    {
        const Case made = makeCase(1, 8);
        const auto lazy = lazyOf(made, sourceOf(made.bytes), 7);
        (void)lazy->at(0, columns);
        QVERIFY(lazy->damaged());
        const Case small = makeCase(1, 7);
        const auto right = lazyOf(small, sourceOf(small.bytes), 7);
        QVERIFY(sameRow(*right, small, 0));
        QVERIFY(!right->damaged());
    }

private:
    static std::size_t lazyBlockLength() { return coding::blockLength(rows * columns); }
};

QTEST_GUILESS_MAIN(tst_LazyCodes)
#include "tst_LazyCodes.moc"
