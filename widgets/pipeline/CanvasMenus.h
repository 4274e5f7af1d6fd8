// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas's menus. They pop up and return at once: nothing waits for them.
#pragma once

#include "engine/graph/Graph.h"

#include <QPoint>
#include <QPointF>

class QMenu;

namespace espalier {

class PipelineView;

/// For what is selected, or for the canvas when nothing is. With a submenu of every wire that the node could get.
void popUpCanvasMenu(PipelineView& view, const QPoint& screen);

/// The node types that could take the other end of @p half; choosing one adds it at @p scenePos, wired.
void popUpFittingTypes(PipelineView& view, const Edge& half, const QPointF& scenePos, const QPoint& screen);

/// Every wire that could be drawn to or from @p node now, leaving taken inputs alone.
std::vector<Edge> possibleWires(const Graph& graph, const std::string& node);
/// The same as a submenu of @p menu; none where no wire is possible.
void addConnectMenu(QMenu& menu, class PipelineModel& model, const std::string& node);

} // namespace espalier
