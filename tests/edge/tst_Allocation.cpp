// SPDX-License-Identifier: GPL-3.0-or-later
// What espalier-edge allocates with where musl is its C library. Linked into this program it takes the place of operator new here, too.
#include "engine/core/Random.h"

#include <QFile>
#include <QtTest>

#include <cstring>
#include <malloc.h>
#include <thread>

using namespace espalier;

namespace {

constexpr std::size_t megabyte = std::size_t{1} << 20;

std::int64_t residentBytes()
{
    QFile file("/proc/self/statm");
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').at(1).toLongLong() * 4096 : 0;
}

struct Block {
    std::unique_ptr<unsigned char[]> bytes;
    std::size_t size = 0;
    unsigned char mark = 0;
    [[nodiscard]] bool intact() const
    {
        return std::all_of(bytes.get(), bytes.get() + size, [this](unsigned char byte) { return byte == mark; });
    }
};

/// Takes and gives back blocks of all sizes in a random order; false when one does not hold what was written into it.
bool shuffleBlocks(std::uint64_t seed)
{
    Random random(seed);
    std::vector<Block> blocks(24);
    for (int i = 0; i < 3000; ++i) {
        Block& block = blocks[random.below(blocks.size())];
        if (!block.intact())
            return false;
        const std::size_t size = 1 + random.below(std::size_t{1} << (3 + random.below(17)));
        block = {std::make_unique_for_overwrite<unsigned char[]>(size), size, static_cast<unsigned char>(random.below(256))};
        std::memset(block.bytes.get(), block.mark, size);
        if (i % 100 == 0)
            ::malloc_trim(0); // must leave alone what stands beside free memory
    }
    return std::all_of(blocks.begin(), blocks.end(), [](const Block& block) { return block.intact(); });
}

} // namespace

class tst_Allocation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blocksHoldWhatIsWritten()
    {
        std::array<bool, 4> intact{};
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < intact.size(); ++i)
            threads.emplace_back([&, i] { intact[i] = shuffleBlocks(i); });
        for (std::thread& thread : threads)
            thread.join();
        QVERIFY(std::all_of(intact.begin(), intact.end(), [](bool one) { return one; }));
    }

    void blocksBeginACacheLine()
    {
        for (const std::size_t size : {std::size_t{1}, std::size_t{4000}, megabyte, 100 * megabyte}) {
            void* block = ::operator new(size, std::align_val_t{64});
            QCOMPARE(reinterpret_cast<std::uintptr_t>(block) % 64, std::uintptr_t{0});
            std::memset(block, 1, size);
            ::operator delete(block, size, std::align_val_t{64});
        }
    }

    void moreThanTheAreaHolds()
    {
        std::vector<std::vector<char>> blocks;
        for (int i = 0; i < 100; ++i)
            blocks.emplace_back(megabyte, static_cast<char>(i));
        for (std::size_t i = 0; i < blocks.size(); ++i)
            QVERIFY(blocks[i].front() == static_cast<char>(i) && blocks[i].back() == static_cast<char>(i));
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, ::operator delete(::operator new(PTRDIFF_MAX)));
    }

    void usesAgainWhatIsFree()
    {
        const std::vector<char> first(megabyte, 1);
        const std::int64_t before = residentBytes();
        for (int i = 0; i < 200; ++i)
            QCOMPARE(std::vector<char>(megabyte, 2).back(), char{2});
        QVERIFY2(residentBytes() < before + static_cast<std::int64_t>(4 * megabyte), qPrintable(QString::number(residentBytes() - before)));
    }

    void threadsLeaveNothingBehind()
    {
        const std::int64_t before = residentBytes();
        for (int i = 0; i < 100; ++i)
            std::thread([] {
                std::vector<std::vector<char>> blocks; // of all small sizes
                for (std::size_t size = 32; size < 2048; size += 32)
                    for (int j = 0; j < 16; ++j)
                        blocks.emplace_back(size, 'x');
            }).join();
        QVERIFY2(residentBytes() < before + static_cast<std::int64_t>(20 * megabyte), qPrintable(QString::number(residentBytes() - before)));
    }

    void givesBackWhatIsFree()
    {
        std::vector<char>(40 * megabyte, 1);
        const std::int64_t before = residentBytes();
        ::malloc_trim(0);
        QVERIFY2(residentBytes() < before - static_cast<std::int64_t>(30 * megabyte), qPrintable(QString::number(before - residentBytes())));
    }
};

QTEST_GUILESS_MAIN(tst_Allocation)
#include "tst_Allocation.moc"
