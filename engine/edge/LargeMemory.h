// SPDX-License-Identifier: Apache-2.0
// LargeMemory: hints to the system for memory of megabytes that is about to be written, which change no result and do nothing where the system does not know them; and how much memory
// this process took at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace espalier::edge {

struct PagesDeleter {
    std::size_t bytes = 0;
    void operator()(std::byte* memory) const;
};
/// Memory in pages of its own, each of which takes room when it is first written, and is zero before.
using Pages = std::unique_ptr<std::byte, PagesDeleter>;
/// Throws std::bad_alloc.
Pages allocatePages(std::size_t bytes);

/// That @p bytes from @p memory on will all be written: the system may hand them out in large pages, at a fraction of the time.
void expectWrites(void* memory, std::size_t bytes);

/// That this process is about to open a package of @p bytes, for which it asks for pieces of memory again and again: all come from one heap, which keeps what is given back
/// for the next, in large pages where the package is large. For programs, not for libraries, since it is the whole process's.
void expectPackage(std::size_t bytes);
/// What was given back goes to the system.
void releaseFreeMemory();

/// The peak resident set of this process in bytes, without what was done while a PeakAside existed.
std::int64_t peakMemoryBytes();

/// What is done while one exists does not count for the peak of memory (Linux 4.0; before, it does). Not for two threads at once.
class PeakAside {
public:
    PeakAside();
    ~PeakAside();
    PeakAside(const PeakAside&) = delete;
    PeakAside& operator=(const PeakAside&) = delete;
};

} // namespace espalier::edge
