// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Latency.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <sys/resource.h>

namespace espalier::edge {
namespace {

/// Nearest rank. @p sorted must not be empty.
double percentile(const std::vector<float>& sorted, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return static_cast<double>(sorted[std::max<std::size_t>(rank, 1) - 1]);
}

/// To a tenth of a microsecond, which is more than the clock knows.
double rounded(double milliseconds) { return std::round(milliseconds * 1e4) / 1e4; }

} // namespace

Classification LatencyMeter::classify(Session& session, std::string_view text)
{
    const auto start = std::chrono::steady_clock::now();
    const Classification answer = session.classify(text);
    const std::chrono::duration<float, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    if (!full())
        m_milliseconds.push_back(elapsed.count());
    return answer;
}

Json LatencyMeter::toJson() const
{
    std::vector<float> sorted = m_milliseconds;
    std::sort(sorted.begin(), sorted.end());
    const bool any = !sorted.empty();
    return {{"sentences", sorted.size()},
            {"p50_ms", any ? rounded(percentile(sorted, 0.5)) : 0},
            {"p95_ms", any ? rounded(percentile(sorted, 0.95)) : 0},
            {"peak_memory_bytes", peakMemoryBytes()}};
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
    return static_cast<std::int64_t>(kilobytes) * 1024;
}

} // namespace espalier::edge
