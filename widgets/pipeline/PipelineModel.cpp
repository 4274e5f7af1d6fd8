// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/PipelineModel.h"

#include "widgets/pipeline/GraphCommand.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/Recipe.h"

#include <algorithm>

namespace espalier {
namespace {

bool sameContent(const Node& a, const Node& b)
{
    return a.title == b.title && a.parameters == b.parameters && a.extra == b.extra;
}

bool has(const std::vector<Edge>& edges, const Edge& edge)
{
    return std::binary_search(edges.begin(), edges.end(), edge);
}

} // namespace

PipelineModel::PipelineModel(QObject* parent) : QObject(parent)
{
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
}

QString PipelineModel::titleOf(const std::string& node) const
{
    return nodeTitle(m_graph, node);
}

void PipelineModel::setGraph(Graph graph)
{
    m_graph = std::move(graph);
    m_runGraph = {};
    m_statuses.clear();
    m_doneRecipes.clear();
    m_results.clear();
    m_problems.clear();
    m_currentNode.clear();
    m_undoStack.clear();
    m_undoStack.setClean();
    Q_EMIT reset();
    Q_EMIT problemsChanged();
    Q_EMIT currentNodeChanged(m_currentNode);
    Q_EMIT graphChanged();
}

bool PipelineModel::edit(const QString& text, const QString& mergeKey, const std::function<Result<void>(Graph&)>& change)
{
    Graph next = m_graph;
    if (const auto changed = change(next); !changed) {
        Q_EMIT refused(QString::fromStdString(changed.error().message()));
        return false;
    }
    if (next == m_graph)
        return true;
    m_undoStack.push(new GraphCommand(text, m_graph, std::move(next), mergeKey, [this](const Graph& graph) { apply(graph); }));
    return true;
}

void PipelineModel::apply(const Graph& next)
{
    if (next == m_graph)
        return;
    const Graph old = std::exchange(m_graph, next);
    announceRemovals(old);
    announceAdditions(old);
    if (!m_currentNode.empty() && !m_graph.node(m_currentNode))
        setCurrentNode({});
    refreshStaleness();
    Q_EMIT graphChanged();
}

void PipelineModel::announceRemovals(const Graph& old)
{
    for (const Edge& edge : old.edges())
        if (!has(m_graph.edges(), edge))
            Q_EMIT edgeRemoved(edge);
    for (const auto& [id, node] : old.nodes())
        if (const Node* now = m_graph.node(id); !now || now->type != node.type)
            Q_EMIT nodeRemoved(id);
}

void PipelineModel::announceAdditions(const Graph& old)
{
    for (const auto& [id, node] : m_graph.nodes()) {
        const Node* before = old.node(id);
        if (!before || before->type != node.type) {
            Q_EMIT nodeAdded(id);
            continue;
        }
        if (before->x != node.x || before->y != node.y)
            Q_EMIT nodeMoved(id);
        if (!sameContent(*before, node))
            Q_EMIT nodeChanged(id);
    }
    for (const Edge& edge : m_graph.edges())
        if (!has(old.edges(), edge))
            Q_EMIT edgeAdded(edge);
}

void PipelineModel::markRunStarted()
{
    m_runGraph = m_graph;
}

NodeStatus PipelineModel::nodeStatus(const std::string& node) const
{
    const auto it = m_statuses.find(node);
    return it == m_statuses.end() ? NodeStatus{} : it->second;
}

void PipelineModel::setNodeStatus(const std::string& node, const NodeStatus& status)
{
    NodeStatus& current = m_statuses[node];
    const NodeStatus before = current;
    current = status;
    m_doneRecipes.erase(node);
    if (status.state == NodeState::Done) {
        m_doneRecipes[node] = recipe(m_runGraph.node(node) ? m_runGraph : m_graph, node);
        refreshStaleness();
    }
    if (m_statuses[node] != before)
        Q_EMIT nodeStatusChanged(node);
}

void PipelineModel::refreshStaleness()
{
    for (const auto& [node, done] : m_doneRecipes) {
        NodeStatus& status = m_statuses[node];
        const NodeState now = m_graph.node(node) && recipe(m_graph, node) == done ? NodeState::Done : NodeState::Stale;
        if (status.state == now)
            continue;
        status.state = now;
        Q_EMIT nodeStatusChanged(node);
    }
}

void PipelineModel::clearNodeStatuses()
{
    const auto old = std::exchange(m_statuses, {});
    m_doneRecipes.clear();
    for (const auto& [node, status] : old)
        Q_EMIT nodeStatusChanged(node);
}

NodeResult PipelineModel::nodeResult(const std::string& node) const
{
    const auto it = m_results.find(node);
    return it == m_results.end() ? NodeResult{} : it->second;
}

void PipelineModel::setNodeResult(const std::string& node, const NodeResult& result)
{
    if (nodeResult(node) == result)
        return;
    m_results[node] = result;
    Q_EMIT nodeStatusChanged(node);
}

std::vector<Problem> PipelineModel::problemsOf(const std::string& node) const
{
    std::vector<Problem> found;
    std::copy_if(m_problems.begin(), m_problems.end(), std::back_inserter(found), [&](const Problem& problem) { return problem.node == node; });
    return found;
}

void PipelineModel::setProblems(std::vector<Problem> problems)
{
    if (problems == m_problems)
        return;
    m_problems = std::move(problems);
    Q_EMIT problemsChanged();
}

void PipelineModel::setCurrentNode(const std::string& node)
{
    const std::string known = m_graph.node(node) ? node : std::string();
    if (known == m_currentNode)
        return;
    m_currentNode = known;
    Q_EMIT currentNodeChanged(m_currentNode);
}

} // namespace espalier
