// SPDX-License-Identifier: GPL-3.0-or-later
// RunNotifier: a run's events as notifications, thinned to about 20 a second so that no client drowns in them. Curve points are
// gathered, never dropped; of progress only the newest is sent. State changes and log lines go out at once, after what waits.
#pragma once

#include "engine/pipeline/Runner.h"
#include "engine/service/JsonRpc.h"

#include <chrono>
#include <optional>

namespace espalier {

class RunNotifier {
public:
    explicit RunNotifier(RpcWriter& writer) : m_writer(writer) {}
    /// Events bound to this notifier, for one runPipeline(); used on its thread only.
    [[nodiscard]] RunEvents events();

private:
    using Clock = std::chrono::steady_clock;

    void state(const std::string& node, const NodeOutcome& outcome);
    void progress(const std::string& node, const Progress& progress);
    void metric(const std::string& node, const MetricPoint& point);
    void log(const std::string& node, LogLevel level, const std::string& text);
    void flushIfDue();
    void flush();
    [[nodiscard]] std::optional<double> secondsLeft(const Progress& progress);

    RpcWriter& m_writer;
    std::string m_node;
    std::optional<Progress> m_progress;
    Json m_points = Json::array();
    Clock::time_point m_lastFlush{};
    Clock::time_point m_unitBegan{};
    std::int64_t m_unitFirst = 0;
    std::int64_t m_unitTotal = -1;
};

} // namespace espalier
