// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/LargeMemory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace espalier::edge {

namespace {

std::int64_t earlierPeak = 0; ///< of what came before the last PeakAside

void useLargePages(std::uintptr_t begin, std::uintptr_t end)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    begin = (begin + page - 1) / page * page;
    if (begin < end)
        ::madvise(reinterpret_cast<void*>(begin), (end - begin) / page * page, MADV_HUGEPAGE);
}

} // namespace

void PagesDeleter::operator()(std::byte* memory) const { ::munmap(memory, bytes); }

Pages allocatePages(std::size_t bytes)
{
    bytes = std::max<std::size_t>(bytes, 1);
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        throw std::bad_alloc();
    ::madvise(memory, bytes, MADV_NOHUGEPAGE);
    return Pages(static_cast<std::byte*>(memory), {bytes});
}

void expectWrites(void* memory, std::size_t bytes)
{
    constexpr std::size_t worthIt = std::size_t{4} << 20;
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    if (bytes >= worthIt)
        useLargePages(begin, begin + bytes);
}

void expectPackage([[maybe_unused]] std::size_t bytes)
{
#if defined(__GLIBC__)
    constexpr std::size_t large = std::size_t{4} << 20;
    constexpr int mostFromHeap = 4 << 20; // what is larger comes from the system, and goes back to it
    constexpr int steps = sizeof(void*) > 4 ? 64 << 20 : 8 << 20;
    if (bytes < large)
        return;
    ::mallopt(M_ARENA_MAX, 1);
    ::mallopt(M_MMAP_THRESHOLD, mostFromHeap);
    ::mallopt(M_TRIM_THRESHOLD, 2 * steps);
    ::mallopt(M_TOP_PAD, steps);
    void* volatile grown = std::malloc(mostFromHeap / 2); // by a step; a compiler may leave out what nobody sees
    std::free(grown);
    const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    if (end > static_cast<std::uintptr_t>(steps))
        useLargePages(end - steps, end);
#endif
}

void releaseFreeMemory()
{
#if defined(__GLIBC__)
    ::malloc_trim(0);
#endif
}

std::int64_t peakMemoryBytes()
{
    // VmHWM first: ru_maxrss also counts the program that started this one, up to exec.
    long long kilobytes = 0;
    if (std::FILE* status = std::fopen("/proc/self/status", "re")) {
        char line[256];
        while (std::fgets(line, sizeof line, status) != nullptr)
            if (std::string_view(line).starts_with("VmHWM:"))
                kilobytes = std::strtoll(line + 6, nullptr, 10);
        std::fclose(status);
    }
    rusage usage{};
    if (kilobytes == 0 && getrusage(RUSAGE_SELF, &usage) == 0)
        kilobytes = usage.ru_maxrss;
    return std::max<std::int64_t>(earlierPeak, static_cast<std::int64_t>(kilobytes) * 1024);
}

PeakAside::PeakAside()
{
    earlierPeak = peakMemoryBytes();
}

PeakAside::~PeakAside()
{
    releaseFreeMemory();
    const int descriptor = ::open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    [[maybe_unused]] const ssize_t ignored = ::write(descriptor, "5", 1);
    ::close(descriptor);
}

} // namespace espalier::edge
