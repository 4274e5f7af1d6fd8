// SPDX-License-Identifier: GPL-3.0-or-later
// Nodes with the wires between them as text for the clipboard (the project file's own format), and back.
#pragma once

#include "engine/graph/Graph.h"

#include <QByteArray>
#include <QPointF>

namespace espalier {

inline constexpr auto nodesMimeType = "application/x-espalier-nodes+json";

/// The nodes with these ids and the wires that join two of them.
Graph subgraph(const Graph& graph, const std::vector<std::string>& ids);
QByteArray toClipboard(const Graph& part);
Result<Graph> fromClipboard(const QByteArray& text);

/// Adds copies of @p part's nodes to @p graph under free ids, moved by @p offset, with the wires between them.
/// Gives old id -> new id, in the part's order.
Result<std::map<std::string, std::string>> insertCopies(Graph& graph, const Graph& part, const QPointF& offset);

} // namespace espalier
