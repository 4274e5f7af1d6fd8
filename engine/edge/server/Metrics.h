// SPDX-License-Identifier: Apache-2.0
// What a server counts, in the text format of Prometheus (version 0.0.4).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace espalier::edge {

/// What the server is like at this moment.
struct Gauges {
    std::size_t queued = 0;
    std::size_t queueLimit = 0;
    std::size_t connections = 0;
    std::uint64_t modelsLoaded = 0;
    std::uint64_t modelsRefused = 0;
};

/// May be used by several threads at once.
class Metrics {
public:
    /// @p route: a path that the server knows, or "other".
    void countRequest(const std::string& route, int status);
    /// @p seconds: from the whole request's arrival to its answer.
    void countPrediction(std::size_t sentences, double seconds);
    [[nodiscard]] std::string text(const Gauges& now) const;

private:
    static constexpr std::array bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5}; ///< seconds

    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, int>, std::uint64_t> m_requests;
    std::array<std::uint64_t, bounds.size()> m_within{}; ///< predictions that took at most so long
    std::uint64_t m_predictions = 0;
    std::uint64_t m_sentences = 0;
    double m_seconds = 0;
};

} // namespace espalier::edge
