// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Runner.h"

#include "engine/pipeline/RunClaim.h"
#include "engine/pipeline/RunLog.h"
#include "engine/pipeline/StoreCleanup.h"

#include <algorithm>
#include <chrono>

namespace espalier {
namespace {

class Run {
public:
    Run(Pipeline& pipeline, const RunEvents& events, std::stop_token stop) : m_pipeline(pipeline), m_events(events), m_stop(std::move(stop)) {}

    RunOutcome operator()(const std::string& target)
    {
        const RunClaim claim(m_pipeline.folder(), claimed());
        m_outcome.order = m_pipeline.graph().topologicalOrder(target);
        for (const std::string& node : m_outcome.order)
            enter(node, {NodeState::Queued});
        for (const std::string& node : m_outcome.order)
            enter(node, runNode(node));
        keepWithinLimit();
        return std::move(m_outcome);
    }

private:
    void enter(const std::string& node, NodeOutcome outcome)
    {
        m_outcome.nodes[node] = outcome;
        if (m_events.onState)
            m_events.onState(node, outcome);
    }

    [[nodiscard]] bool inputsDone(const std::string& node) const
    {
        const auto edges = m_pipeline.graph().edgesOf(node);
        return std::all_of(edges.begin(), edges.end(),
                           [&](const Edge& edge) { return edge.toNode != node || m_outcome.nodes.at(edge.fromNode).state == NodeState::Done; });
    }

    NodeOutcome runNode(const std::string& node)
    {
        if (m_events.control != nullptr)
            m_events.control->waitWhilePaused(m_stop);
        if (m_stop.stop_requested())
            return {NodeState::Cancelled};
        if (!inputsDone(node))
            return {NodeState::Idle};
        const NodeAdapter* adapter = adapterCatalog().find(m_pipeline.graph().node(node)->type);
        const bool mustRun = adapter && adapter->keeping == NodeAdapter::Keeping::AlwaysRun;
        if (!mustRun && m_pipeline.state(node) == ResultState::Done)
            return reuse(node);
        return executeNode(node);
    }

    NodeOutcome reuse(const std::string& node)
    {
        (void)m_pipeline.store().recordLast(node, m_pipeline.fingerprint(node));
        m_pipeline.store().touch(m_pipeline.fingerprint(node));
        return {NodeState::Done, true};
    }

    NodeOutcome executeNode(const std::string& node)
    {
        enter(node, {NodeState::Running});
        const auto begin = std::chrono::steady_clock::now();
        RunContext context = contextFor(node);
        if (context.control != nullptr)
            context.control->beginStage();
        const auto made = m_pipeline.execute(node, context);
        NodeOutcome outcome{NodeState::Done};
        outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        if (!made) {
            outcome.state = made.error().code == ErrorCode::Cancelled ? NodeState::Cancelled : NodeState::Failed;
            outcome.error = made.error();
        } else {
            keepRecord(node, outcome.seconds);
        }
        return outcome;
    }

    /// A record that cannot be written does not spoil what was computed; it is said.
    void keepRecord(const std::string& node, double seconds)
    {
        const auto run = recordOf(m_pipeline, node, seconds);
        if (!run)
            return log(node, "The run was not recorded: " + run.error().message());
        if (!*run)
            return;
        if (const auto kept = RunLog(m_pipeline.folder()).put(**run); !kept)
            log(node, "The run was not recorded: " + kept.error().message());
    }

    [[nodiscard]] std::set<std::string> claimed() const
    {
        std::set<std::string> all;
        for (const auto& [node, fingerprint] : m_pipeline.fingerprints())
            all.insert(fingerprint);
        return all;
    }

    /// Takes the least recently used results away when the store has grown beyond its limit.
    void keepWithinLimit()
    {
        const auto named = namedFingerprints(m_pipeline.folder(), &m_pipeline.graph(), m_pipeline.files());
        if (!named)
            return log({}, "The store was not checked against its limit: " + named.error().message());
        const std::uint64_t limit = storeLimit(m_pipeline.folder());
        const auto gone = cleanStore(m_pipeline.folder(), *named, limit, false);
        if (!gone)
            log({}, "The store could not be brought below its limit: " + gone.error().message());
        else if (!gone->empty() && m_events.onLog)
            m_events.onLog({}, LogLevel::Info, std::to_string(gone->size()) + " results that were not used for longest were removed from the store.");
    }

    void log(const std::string& node, const std::string& text)
    {
        if (m_events.onLog)
            m_events.onLog(node, LogLevel::Warning, text);
    }

    RunContext contextFor(const std::string& node)
    {
        RunContext context;
        context.stop = m_stop;
        context.control = m_events.control;
        if (m_events.onProgress)
            context.onProgress = [this, node](const Progress& progress) { m_events.onProgress(node, progress); };
        if (m_events.onMetric)
            context.onMetric = [this, node](const MetricPoint& point) { m_events.onMetric(node, point); };
        if (m_events.onLog)
            context.onLog = [this, node](LogLevel level, const std::string& text) { m_events.onLog(node, level, text); };
        return context;
    }

    Pipeline& m_pipeline;
    const RunEvents& m_events;
    std::stop_token m_stop;
    RunOutcome m_outcome;
};

} // namespace

std::string_view nodeStateName(NodeState state)
{
    switch (state) {
    case NodeState::Idle: return "idle";
    case NodeState::Stale: return "stale";
    case NodeState::Queued: return "queued";
    case NodeState::Running: return "running";
    case NodeState::Done: return "done";
    case NodeState::Failed: return "failed";
    case NodeState::Cancelled: return "cancelled";
    }
    return "idle";
}

std::optional<Error> RunOutcome::firstError() const
{
    for (const std::string& node : order)
        if (nodes.at(node).state == NodeState::Cancelled)
            return cancelledError();
    for (const std::string& node : order)
        if (nodes.at(node).error)
            return nodes.at(node).error;
    return std::nullopt;
}

RunOutcome runPipeline(Pipeline& pipeline, const std::string& target, const RunEvents& events, std::stop_token stop)
{
    return Run(pipeline, events, std::move(stop))(target);
}

} // namespace espalier
