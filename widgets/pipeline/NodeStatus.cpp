// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodeStatus.h"

#include "widgets/style/Theme.h"

#include <QCoreApplication>

namespace espalier {

QString nodeStateLabel(NodeState state)
{
    switch (state) {
    case NodeState::Idle: return QCoreApplication::translate("NodeState", "Not run yet");
    case NodeState::Stale: return QCoreApplication::translate("NodeState", "Out of date");
    case NodeState::Queued: return QCoreApplication::translate("NodeState", "Waiting");
    case NodeState::Running: return QCoreApplication::translate("NodeState", "Running");
    case NodeState::Done: return QCoreApplication::translate("NodeState", "Done");
    case NodeState::Failed: return QCoreApplication::translate("NodeState", "Failed");
    case NodeState::Cancelled: return QCoreApplication::translate("NodeState", "Cancelled");
    }
    return {};
}

QString nodeStateIcon(NodeState state)
{
    switch (state) {
    case NodeState::Idle: return {};
    case NodeState::Stale: return QStringLiteral("stale");
    case NodeState::Queued: return QStringLiteral("clock");
    case NodeState::Running: return QStringLiteral("run");
    case NodeState::Done: return QStringLiteral("check");
    case NodeState::Failed: return QStringLiteral("error");
    case NodeState::Cancelled: return QStringLiteral("cancel");
    }
    return {};
}

QColor nodeStateColor(NodeState state)
{
    const ThemeColors& colors = themeColors();
    switch (state) {
    case NodeState::Stale: return colors.warning;
    case NodeState::Running: return colors.accent;
    case NodeState::Done: return colors.success;
    case NodeState::Failed: return colors.danger;
    default: return colors.mutedText;
    }
}

} // namespace espalier
