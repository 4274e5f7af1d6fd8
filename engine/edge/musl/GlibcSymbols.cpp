// SPDX-License-Identifier: Apache-2.0
// What code that was compiled with glibc's headers, GCC's C++ library among it, asks of a C library beyond what musl has (and Allocation.cpp). Everything else that the
// program uses is laid out alike in both on x86-64. Linked into espalier-edge where it takes musl as its C library (engine/edge/CMakeLists.txt).
#include <cstdlib>
#include <ctime>
#include <pthread.h>

extern "C" {

/// Never true: the program has threads.
char __libc_single_threaded = 0;

/// GCC's unwinder then walks the program's segments itself.
int _dl_find_object(void*, void*) { return -1; }

/// @p deadline is of @p clock; pthread_cond_timedwait() wants that of the day, of which musl makes a span at once: setting the clock meanwhile harms nothing.
int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* deadline)
{
    constexpr long second = 1'000'000'000;
    timespec now{};
    timespec day{};
    if (clock_gettime(clock, &now) != 0 || clock_gettime(CLOCK_REALTIME, &day) != 0)
        abort();
    timespec until{deadline->tv_sec - now.tv_sec + day.tv_sec, deadline->tv_nsec - now.tv_nsec + day.tv_nsec};
    until.tv_sec += until.tv_nsec < 0 ? -1 : until.tv_nsec >= second ? 1 : 0;
    until.tv_nsec += until.tv_nsec < 0 ? second : until.tv_nsec >= second ? -second : 0;
    return pthread_cond_timedwait(condition, mutex, &until);
}

// From 2.38 on glibc's headers give these another name, where they also take binary numbers.
unsigned long muslStrtoul(const char* text, char** end, int base) asm("strtoul");
long long muslStrtoll(const char* text, char** end, int base) asm("strtoll");
unsigned long long muslStrtoull(const char* text, char** end, int base) asm("strtoull");

unsigned long __isoc23_strtoul(const char* text, char** end, int base) { return muslStrtoul(text, end, base); }
long long __isoc23_strtoll(const char* text, char** end, int base) { return muslStrtoll(text, end, base); }
unsigned long long __isoc23_strtoull(const char* text, char** end, int base) { return muslStrtoull(text, end, base); }

}
