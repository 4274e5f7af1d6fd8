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
    [[nodiscard]] bool full() const { return m_samples.size() >= maxSamples; }
    /// {"sentences", "p50_ms", "p95_ms", "p99_ms", "sentences_per_second", "peak_memory_bytes"}
    [[nodiscard]] Json toJson() const;
    /// By length in tokens: [{"tokens": the most of this group, a power of two; "sentences", "p50_ms", "p95_ms", "p99_ms", "sentences_per_second"}].
    [[nodiscard]] Json byLength() const;

private:
    struct Sample {
        float milliseconds;
        std::uint32_t tokens;
    };
    std::vector<Sample> m_samples;
};

} // namespace espalier::edge
