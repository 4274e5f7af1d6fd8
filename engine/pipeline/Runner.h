// SPDX-License-Identifier: GPL-3.0-or-later
// Runner: executes a validated copy of a graph in topological order, skipping what has an up-to-date result. A failed node
// stops only what depends on it.
#pragma once

#include "engine/graph/Validator.h"
#include "engine/pipeline/Pipeline.h"

namespace espalier {

enum class NodeState { Idle, Stale, Queued, Running, Done, Failed, Cancelled };
std::string_view nodeStateName(NodeState state);

struct NodeOutcome {
    NodeState state = NodeState::Idle;
    bool cached = false;  ///< an up-to-date result was found
    double seconds = 0;
    std::optional<Error> error = {};
};

/// Called on the runner's thread.
struct RunEvents {
    std::function<void(const std::string& node, const NodeOutcome&)> onState = {};
    std::function<void(const std::string& node, const Progress&)> onProgress = {};
    std::function<void(const std::string& node, const MetricPoint&)> onMetric = {};
    std::function<void(const std::string& node, LogLevel, const std::string&)> onLog = {};
    RunControl* control = nullptr; ///< what the user asks meanwhile; null: nothing
};

struct RunOutcome {
    std::vector<std::string> order;
    std::map<std::string, NodeOutcome> nodes;
    /// Cancelled, or the first failed node's error.
    [[nodiscard]] std::optional<Error> firstError() const;
};

/// Runs @p target and what it needs, or everything. The graph must have no validation errors.
RunOutcome runPipeline(Pipeline& pipeline, const std::string& target, const RunEvents& events, std::stop_token stop);

} // namespace espalier
