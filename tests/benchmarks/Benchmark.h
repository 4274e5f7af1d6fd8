// SPDX-License-Identifier: GPL-3.0-or-later
// What the benchmarks share: where the data sets and the peers are, one thread for both sides, and figures that one bad moment of the machine
// does not spoil.
#pragma once

#include "engine/core/Result.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <unistd.h>
#include <vector>

namespace espalier::benchmark {

/// The folder that @p variable names, or ../shared/@p name beside the checkout.
inline std::string folder(const char* variable, const char* name)
{
    const char* given = std::getenv(variable);
    return given != nullptr ? given : std::string(ESPALIER_SOURCE_DIR "/../shared/") + name;
}

/// OpenBLAS reads its number of threads when it is loaded: so the program starts itself again with the variables set, for what it starts too.
inline void limitThreads(int threads, char** arguments)
{
    const std::string count = std::to_string(threads);
    const char* now = std::getenv("OPENBLAS_NUM_THREADS");
    if (now != nullptr && now == count)
        return;
    for (const char* variable : {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS"})
        setenv(variable, count.c_str(), 1);
    execv("/proc/self/exe", arguments);
}

/// The value, or the program's end with the error on standard error.
template <typename T>
T must(Result<T> result)
{
    if (result)
        return std::move(result).value();
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::exit(1);
}

/// What a shell command prints, line by line; empty when it cannot be run.
inline std::vector<std::string> linesOf(const std::string& command)
{
    std::vector<std::string> lines;
    FILE* pipe = popen(command.c_str(), "r");
    char line[4096];
    while (pipe != nullptr && std::fgets(line, sizeof line, pipe) != nullptr)
        lines.emplace_back(line);
    if (pipe != nullptr)
        pclose(pipe);
    return lines;
}

inline double secondsOf(auto action)
{
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Of this thread alone, whatever else the machine does.
inline double threadSecondsOf(auto action)
{
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    };
    const double begin = now();
    action();
    return now() - begin;
}

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

} // namespace espalier::benchmark
