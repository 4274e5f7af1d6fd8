// SPDX-License-Identifier: GPL-3.0-or-later
// The peak of memory that `bench` and receipts tell: what was set aside is not in it, what came before and after is.
#include "engine/edge/LargeMemory.h"

#include <QtTest>

#include <cstring>
#include <sys/mman.h>

using namespace espalier::edge;

namespace {

constexpr std::int64_t megabyte = 1 << 20;

/// Each page of @p megabytes is written, and given back.
void use(std::int64_t megabytes)
{
    const auto bytes = static_cast<std::size_t>(megabytes * megabyte);
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    QVERIFY(memory != MAP_FAILED);
    std::memset(memory, 1, bytes);
    ::munmap(memory, bytes);
}

} // namespace

class tst_LargeMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAllButWhatIsAside()
    {
        const std::int64_t before = peakMemoryBytes();
        QVERIFY(before > 0);
        {
            const PeakAside aside;
            use(256);
        }
        QVERIFY2(peakMemoryBytes() < before + 32 * megabyte, qPrintable(QString::number(peakMemoryBytes() - before)));
        use(64);
        const std::int64_t after = peakMemoryBytes();
        QVERIFY(after > 64 * megabyte);
        {
            const PeakAside aside; // must not forget the 64
        }
        QVERIFY(peakMemoryBytes() >= after);
        QVERIFY(peakMemoryBytes() < after + 32 * megabyte);
    }
};

QTEST_GUILESS_MAIN(tst_LargeMemory)
#include "tst_LargeMemory.moc"
