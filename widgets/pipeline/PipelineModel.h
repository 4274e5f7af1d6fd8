// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineModel: the one pipeline that canvas, outline, inspector and problems list show. It owns the graph and the undo
// stack; every edit is one undoable command. What is not part of the pipeline (run states, results, problems, the current
// node) is kept beside the graph, never saved and never undone. Lives in the GUI thread.
#pragma once

#include "engine/graph/Validator.h"
#include "widgets/pipeline/NodeStatus.h"

#include <QObject>
#include <QPointF>
#include <QUndoStack>

#include <functional>

namespace espalier {

class PipelineModel : public QObject {
    Q_OBJECT

public:
    using Ids = std::vector<std::string>;

    explicit PipelineModel(QObject* parent = nullptr);

    [[nodiscard]] const Graph& graph() const { return m_graph; }
    QUndoStack* undoStack() { return &m_undoStack; }
    /// Replaces the pipeline: no undo, clean, no states, nothing current.
    void setGraph(Graph graph);
    [[nodiscard]] bool isModified() const { return !m_undoStack.isClean(); }
    /// Says that the graph as it is now is what the file holds.
    void setClean() { m_undoStack.setClean(); }

    // Edits, each one undo step. What is impossible changes nothing, emits refused() and returns an empty id or false.

    /// A node of that type with its top-left corner at @p position, snapped to the grid. Returns its id.
    std::string addNode(const std::string& type, const QPointF& position);
    /// The same and a wire to or from it: @p wire with an empty node id at the end that is to be the new node.
    std::string addConnectedNode(const std::string& type, const QPointF& position, Edge wire);
    bool removeItems(const Ids& nodes, const std::vector<Edge>& edges = {});
    /// Moves with the same non-empty @p mergeKey, one after the other, are one step.
    bool moveNodes(const std::map<std::string, QPointF>& positions, const QString& mergeKey = {});
    /// Draws a wire; one that ends in the same input is replaced. @p moved, if any, is taken away in the same step.
    bool connectPorts(const Edge& edge, const Edge* moved = nullptr);
    bool disconnectPorts(const Edge& edge);
    /// Null or the default removes the entry. Consecutive edits of one parameter are one step.
    bool setParameter(const std::string& node, const std::string& parameter, const Json& value);
    bool rename(const std::string& node, const QString& title);
    /// Copies beside the originals, fed by the same wires. Returns the copies' ids.
    Ids duplicate(const Ids& nodes);
    /// Puts the nodes and the wires between them on the clipboard. Not an edit.
    void copy(const Ids& nodes) const;
    Ids paste(const QPointF& topLeft);
    [[nodiscard]] bool canPaste() const;
    /// Sets every node into columns from left to right.
    bool tidyUp();
    /// Whatever @p change does to the graph, as one step called @p text.
    bool change(const QString& text, const std::function<Result<void>(Graph&)>& change) { return edit(text, {}, change); }

    // View data.

    [[nodiscard]] NodeStatus nodeStatus(const std::string& node) const;
    /// A node told Done shows as Stale while it, or what feeds it, differs from what ran (see markRunStarted).
    void setNodeStatus(const std::string& node, const NodeStatus& status);
    /// Remembers the graph as what is being run: a Done that arrives later belongs to this graph, not to later edits.
    void markRunStarted();
    void clearNodeStatuses();
    [[nodiscard]] NodeResult nodeResult(const std::string& node) const;
    void setNodeResult(const std::string& node, const NodeResult& result);
    [[nodiscard]] const std::vector<Problem>& problems() const { return m_problems; }
    [[nodiscard]] std::vector<Problem> problemsOf(const std::string& node) const;
    void setProblems(std::vector<Problem> problems);
    /// The node that the inspector shows; empty: none.
    [[nodiscard]] const std::string& currentNode() const { return m_currentNode; }
    void setCurrentNode(const std::string& node);

Q_SIGNALS:
    void reset(); ///< setGraph: everything is new
    void nodeAdded(const std::string& node);
    void nodeRemoved(const std::string& node);
    void nodeMoved(const std::string& node);
    void nodeChanged(const std::string& node); ///< title or parameters
    void edgeAdded(const espalier::Edge& edge);
    void edgeRemoved(const espalier::Edge& edge);
    void graphChanged(); ///< once after every edit, undo, redo or reset: time to validate
    void modifiedChanged(bool modified);
    void nodeStatusChanged(const std::string& node); ///< state or result
    void problemsChanged();
    void currentNodeChanged(const std::string& node);
    void refused(const QString& reason); ///< an edit that could not be made, for the status bar

private:
    bool edit(const QString& text, const QString& mergeKey, const std::function<Result<void>(Graph&)>& change);
    void apply(const Graph& next);
    void announceRemovals(const Graph& old);
    void announceAdditions(const Graph& old);
    void refreshStaleness();
    [[nodiscard]] QString titleOf(const std::string& node) const;

    Graph m_graph;
    Graph m_runGraph;
    QUndoStack m_undoStack;
    std::map<std::string, NodeStatus> m_statuses;
    std::map<std::string, std::string> m_doneRecipes; ///< node -> what it was when it was done
    std::map<std::string, NodeResult> m_results;
    std::vector<Problem> m_problems;
    std::string m_currentNode;
};

} // namespace espalier
