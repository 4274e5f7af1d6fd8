// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/RunNotifier.h"

namespace espalier {
namespace {

constexpr std::chrono::milliseconds interval{50};

} // namespace

RunEvents RunNotifier::events()
{
    return {.onState = [this](const std::string& node, const NodeOutcome& outcome) { state(node, outcome); },
            .onProgress = [this](const std::string& node, const Progress& value) { progress(node, value); },
            .onMetric = [this](const std::string& node, const MetricPoint& point) { metric(node, point); },
            .onLog = [this](const std::string& node, LogLevel level, const std::string& text) { log(node, level, text); }};
}

void RunNotifier::state(const std::string& node, const NodeOutcome& outcome)
{
    flush();
    m_node = node;
    m_unitTotal = -1;
    Json params{{"node", node}, {"state", nodeStateName(outcome.state)}, {"cached", outcome.cached}, {"seconds", outcome.seconds}};
    if (outcome.error)
        params["error"] = toJson(*outcome.error);
    m_writer.notify("run/state", params);
}

void RunNotifier::progress(const std::string& node, const Progress& value)
{
    m_node = node;
    m_progress = value;
    flushIfDue();
}

void RunNotifier::metric(const std::string& node, const MetricPoint& point)
{
    m_node = node;
    m_points.push_back({{"series", point.series}, {"x", point.x}, {"y", point.y}});
    flushIfDue();
}

void RunNotifier::log(const std::string& node, LogLevel level, const std::string& text)
{
    flush();
    m_writer.notify("run/log", {{"node", node}, {"level", level == LogLevel::Warning ? "warning" : "info"}, {"text", text}});
}

void RunNotifier::flushIfDue()
{
    if (Clock::now() - m_lastFlush >= interval)
        flush();
}

void RunNotifier::flush()
{
    m_lastFlush = Clock::now();
    if (!m_points.empty())
        m_writer.notify("run/metric", {{"node", m_node}, {"points", std::exchange(m_points, Json::array())}});
    if (!m_progress)
        return;
    Json params{{"node", m_node}, {"activity", m_progress->activity}, {"done", m_progress->done}, {"total", m_progress->total}, {"unit", m_progress->unit}};
    if (const auto left = secondsLeft(*m_progress))
        params["seconds_left"] = *left;
    m_progress.reset();
    m_writer.notify("run/progress", params);
}

std::optional<double> RunNotifier::secondsLeft(const Progress& progress)
{
    const auto now = Clock::now();
    if (progress.total != m_unitTotal || progress.done < m_unitFirst) {
        m_unitTotal = progress.total;
        m_unitFirst = progress.done;
        m_unitBegan = now;
    }
    const double elapsed = std::chrono::duration<double>(now - m_unitBegan).count();
    const std::int64_t done = progress.done - m_unitFirst;
    if (progress.total <= 0 || done <= 0 || elapsed < 1)
        return std::nullopt;
    return elapsed / static_cast<double>(done) * static_cast<double>(progress.total - progress.done);
}

} // namespace espalier
