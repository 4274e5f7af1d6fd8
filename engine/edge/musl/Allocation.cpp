// SPDX-License-Identifier: Apache-2.0
// What espalier-edge allocates with where musl is its C library, which locks for every block, asks the system for each larger one, and gives it back
// at once. Small blocks that are given back wait in their thread for the next of their size. Larger ones come from one area, of large pages once
// a large package is expected (LargeMemory.h, which speaks glibc's language): else every 4 kB is an interruption when it is first written to, ten
// thousand of them before a MiniLM answers.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <new>
#include <utility>

#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

constexpr std::size_t areaBytes = std::size_t{64} << 20; ///< what does not fit is musl's,
constexpr std::size_t smallestBlock = 2048;              ///< and so is what is smaller
constexpr std::size_t headBytes = 64;                    ///< before a block: its size, and room so that it begins a cache line
constexpr std::size_t grain = 256;

class Area {
public:
    /// Null where no free range is large enough.
    void* take(std::size_t bytes);
    void useLargePages();
    [[nodiscard]] bool holds(const void* block) const { return block >= m_begin.load() && block < m_end.load(); }
    void give(void* block);
    /// The system gets back what is free.
    void trim();

private:
    struct Range {
        std::byte* begin = nullptr;
        std::size_t bytes = 0;
        [[nodiscard]] std::byte* end() const { return begin + bytes; }
    };
    void open();
    void insert(Range range);
    void erase(std::size_t i)
    {
        std::move(m_free.data() + i + 1, m_free.data() + m_count, m_free.data() + i);
        --m_count;
    }

    std::mutex m_mutex;
    bool m_tried = false;
    std::atomic<std::byte*> m_begin = nullptr;
    std::atomic<std::byte*> m_end = nullptr;
    std::array<Range, 1024> m_free = {}; ///< by address, none next to another
    std::size_t m_count = 0;
};

/// Once; what cannot be had is done without.
void Area::open()
{
    if (std::exchange(m_tried, true))
        return;
    void* memory = ::mmap(nullptr, areaBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return;
    insert({static_cast<std::byte*>(memory), areaBytes});
    m_begin = m_free[0].begin;
    m_end = m_free[0].end();
}

void Area::useLargePages()
{
    const std::scoped_lock lock(m_mutex);
    open();
    if (m_begin.load() != nullptr)
        ::madvise(m_begin.load(), areaBytes, MADV_HUGEPAGE);
}

void* Area::take(std::size_t bytes)
{
    if (bytes > areaBytes)
        return nullptr;
    bytes = (bytes + headBytes + grain - 1) / grain * grain;
    const std::scoped_lock lock(m_mutex);
    open();
    std::size_t i = 0;
    while (i < m_count && m_free[i].bytes < bytes)
        ++i;
    if (i == m_count)
        return nullptr;
    Range& range = m_free[i];
    std::byte* taken = range.begin;
    range = {range.begin + bytes, range.bytes - bytes};
    if (range.bytes == 0)
        erase(i);
    *reinterpret_cast<std::size_t*>(taken) = bytes;
    return taken + headBytes;
}

void Area::give(void* block)
{
    std::byte* begin = static_cast<std::byte*>(block) - headBytes;
    const std::scoped_lock lock(m_mutex);
    insert({begin, *reinterpret_cast<std::size_t*>(begin)});
}

void Area::insert(Range range)
{
    std::size_t i = 0;
    while (i < m_count && m_free[i].begin < range.begin)
        ++i;
    const bool joinsBefore = i > 0 && m_free[i - 1].end() == range.begin;
    const bool joinsAfter = i < m_count && range.end() == m_free[i].begin;
    if (joinsBefore && joinsAfter) {
        m_free[i - 1].bytes += range.bytes + m_free[i].bytes;
        erase(i);
    } else if (joinsBefore) {
        m_free[i - 1].bytes += range.bytes;
    } else if (joinsAfter) {
        m_free[i] = {range.begin, range.bytes + m_free[i].bytes};
    } else if (m_count < m_free.size()) {
        std::move_backward(m_free.data() + i, m_free.data() + m_count, m_free.data() + m_count + 1);
        m_free[i] = range;
        ++m_count;
    } // else it stays unused: so many holes are not met
}

void Area::trim()
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::scoped_lock lock(m_mutex);
    const auto offset = [this](const std::byte* place) { return static_cast<std::size_t>(place - m_begin.load()); };
    for (std::size_t i = 0; i < m_count; ++i) {
        const std::size_t begin = (offset(m_free[i].begin) + page - 1) / page * page; // whole pages only: others have neighbours on them
        const std::size_t end = offset(m_free[i].end()) / page * page;
        if (begin < end)
            ::madvise(m_begin.load() + begin, end - begin, MADV_DONTNEED);
    }
}

Area area;

/// Small blocks that one thread gave back, by size. A block's size is rounded up to that of its list, so that any list's block may be musl's again.
class SmallBlocks {
public:
    /// Null where none waits.
    void* take(std::size_t bytes) { return m_lists[place(bytes)].first != nullptr ? m_lists[place(bytes)].take() : nullptr; }
    /// False where enough wait.
    bool give(void* block, std::size_t bytes)
    {
        List& list = m_lists[place(bytes)];
        if (list.count == mostOfASize || m_closed)
            return false;
        if (!std::exchange(m_known, true))
            closeWithThread();
        list.first = ::new (block) Waiting{list.first};
        ++list.count;
        return true;
    }
    static std::size_t rounded(std::size_t bytes) { return (place(bytes) + 1) * step; }

private:
    static constexpr std::size_t step = 32;
    static constexpr std::size_t mostOfASize = 16;
    struct Waiting {
        Waiting* next = nullptr;
    };
    struct List {
        Waiting* first = nullptr;
        std::size_t count = 0;
        void* take()
        {
            --count;
            return std::exchange(first, first->next);
        }
    };
    static std::size_t place(std::size_t bytes) { return bytes == 0 ? 0 : (bytes - 1) / step; }
    /// By hand: for a destructor GCC's library asks the C library for what musl has not.
    void closeWithThread()
    {
        static const pthread_key_t key = [] {
            pthread_key_t made{};
            return pthread_key_create(&made, [](void* blocks) { static_cast<SmallBlocks*>(blocks)->close(); }) == 0 ? made : pthread_key_t{};
        }();
        pthread_setspecific(key, this);
    }
    void close()
    {
        m_closed = true; // what is given back later, by what else ends with the thread, does not wait
        for (List& list : m_lists)
            while (list.first != nullptr)
                std::free(list.take());
    }

    std::array<List, smallestBlock / step> m_lists = {};
    bool m_known = false;
    bool m_closed = false;
};

constinit thread_local SmallBlocks smallBlocks;

} // namespace

void* operator new(std::size_t bytes)
{
    void* block = bytes < smallestBlock ? smallBlocks.take(bytes) : area.take(bytes);
    if (block == nullptr)
        block = std::malloc(bytes < smallestBlock ? SmallBlocks::rounded(bytes) : bytes);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}

void* operator new(std::size_t bytes, std::align_val_t alignment)
{
    const auto align = static_cast<std::size_t>(alignment);
    if (void* block = bytes >= smallestBlock && align <= headBytes ? area.take(bytes) : nullptr)
        return block;
    if (void* block = std::aligned_alloc(align, (bytes + align - 1) / align * align))
        return block;
    throw std::bad_alloc();
}

void operator delete(void* block) noexcept
{
    if (area.holds(block))
        area.give(block);
    else
        std::free(block);
}

void operator delete(void* block, std::size_t bytes) noexcept
{
    if (block == nullptr || bytes >= smallestBlock || !smallBlocks.give(block, bytes))
        operator delete(block);
}

void operator delete(void* block, std::align_val_t) noexcept { operator delete(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { operator delete(block); }

extern "C" {

int mallopt(int option, int)
{
    if (option != M_TOP_PAD) // there is nothing else to set
        return 0;
    area.useLargePages(); // memory shall grow in large steps
    return 1;
}

int malloc_trim(std::size_t)
{
    area.trim();
    return 1;
}

}
