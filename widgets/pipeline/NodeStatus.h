// SPDX-License-Identifier: GPL-3.0-or-later
// How a node stands in a run: view data that the window keeps beside the graph and never saves.
#pragma once

#include <QColor>
#include <QString>

#include <utility>
#include <vector>

namespace espalier {

enum class NodeState { Idle, Stale, Queued, Running, Done, Failed, Cancelled };

struct NodeStatus {
    NodeState state = NodeState::Idle;
    QString message = {};  ///< in the user's language: what it is doing, or why it failed; may be empty
    double progress = -1;  ///< 0 to 1 while running; negative: unknown

    bool operator==(const NodeStatus&) const = default;
};

/// What a node's result shows: one short line on the node, and named figures in the inspector.
struct NodeResult {
    QString summary;
    std::vector<std::pair<QString, QString>> figures; ///< label and value, ready to show

    bool operator==(const NodeResult&) const = default;
};

/// "Done", "Failed", ... in the user's language.
QString nodeStateLabel(NodeState state);
/// Name of the icon; empty for Idle.
QString nodeStateIcon(NodeState state);
QColor nodeStateColor(NodeState state);

} // namespace espalier
