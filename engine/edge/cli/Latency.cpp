// SPDX-License-Identifier: Apache-2.0
#include "engine/edge/cli/Latency.h"

#include "engine/edge/LargeMemory.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <numeric>

namespace espalier::edge {
namespace {

/// Nearest rank. @p sorted must not be empty.
double percentile(const std::vector<float>& sorted, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return static_cast<double>(sorted[std::max<std::size_t>(rank, 1) - 1]);
}

/// The smallest power of two that is not below @p tokens.
std::size_t groupOf(std::uint32_t tokens) { return std::bit_ceil(std::size_t{tokens}); }

/// To a tenth of a microsecond, which is more than the clock knows.
double rounded(double milliseconds) { return std::round(milliseconds * 1e4) / 1e4; }

Json summaryOf(std::vector<float> milliseconds)
{
    std::sort(milliseconds.begin(), milliseconds.end());
    const bool any = !milliseconds.empty();
    const double total = std::accumulate(milliseconds.begin(), milliseconds.end(), 0.0);
    return {{"sentences", milliseconds.size()},
            {"p50_ms", any ? rounded(percentile(milliseconds, 0.5)) : 0},
            {"p95_ms", any ? rounded(percentile(milliseconds, 0.95)) : 0},
            {"p99_ms", any ? rounded(percentile(milliseconds, 0.99)) : 0},
            {"sentences_per_second", total > 0 ? std::round(1000 * static_cast<double>(milliseconds.size()) / total) : 0}};
}

} // namespace

Classification LatencyMeter::classify(Session& session, std::string_view text)
{
    const auto start = std::chrono::steady_clock::now();
    const Classification answer = session.classify(text);
    const std::chrono::duration<float, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    if (!full())
        m_samples.push_back({elapsed.count(), static_cast<std::uint32_t>(answer.tokens)});
    return answer;
}

Json LatencyMeter::toJson() const
{
    std::vector<float> all;
    all.reserve(m_samples.size());
    for (const Sample& sample : m_samples)
        all.push_back(sample.milliseconds);
    Json json = summaryOf(std::move(all));
    json["peak_memory_bytes"] = peakMemoryBytes();
    return json;
}

Json LatencyMeter::byLength() const
{
    std::map<std::size_t, std::vector<float>> groups;
    for (const Sample& sample : m_samples)
        groups[groupOf(sample.tokens)].push_back(sample.milliseconds);
    Json list = Json::array();
    for (auto& [tokens, milliseconds] : groups) {
        Json group = summaryOf(std::move(milliseconds));
        group["tokens"] = tokens;
        list.push_back(std::move(group));
    }
    return list;
}

} // namespace espalier::edge
