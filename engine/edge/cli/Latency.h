// SPDX-License-Identifier: Apache-2.0
// Latencies of single sentences, as they were measured, and this process's peak memory.
#pragma once

#include "engine/core/Json.h"
#include "engine/edge/Session.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace espalier::edge {

class LatencyMeter {
public:
    /// Room for this many sentences; later ones are answered without being measured.
    static constexpr std::size_t maxSamples = std::size_t{1} << 20;

    Classification classify(Session& session, std::string_view text);
    [[nodiscard]] std::size_t sentences() const { return m_milliseconds.size(); }
    [[nodiscard]] bool full() const { return m_milliseconds.size() >= maxSamples; }
    /// {"sentences", "p50_ms", "p95_ms", "peak_memory_bytes"}
    [[nodiscard]] Json toJson() const;

private:
    std::vector<float> m_milliseconds;
};

/// The peak resident set of this process in bytes.
std::int64_t peakMemoryBytes();

} // namespace espalier::edge
