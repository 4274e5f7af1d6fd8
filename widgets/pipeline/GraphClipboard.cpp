// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/GraphClipboard.h"

#include "engine/graph/ProjectFile.h"

namespace espalier {

Graph subgraph(const Graph& graph, const std::vector<std::string>& ids)
{
    Graph part;
    for (const std::string& id : ids)
        if (const Node* node = graph.node(id))
            (void)part.addNode(*node);
    for (const Edge& edge : graph.edges())
        if (part.node(edge.fromNode) && part.node(edge.toNode))
            (void)part.connect(edge);
    return part;
}

QByteArray toClipboard(const Graph& part)
{
    Project project;
    project.graph = part;
    return QByteArray::fromStdString(dumpJsonPretty(toJson(project)));
}

Result<Graph> fromClipboard(const QByteArray& text)
{
    ESPALIER_TRY(const Json json, parseJson(text.toStdString(), "the clipboard"));
    ESPALIER_TRY(Project project, projectFromJson(json, "the clipboard"));
    return std::move(project.graph);
}

Result<std::map<std::string, std::string>> insertCopies(Graph& graph, const Graph& part, const QPointF& offset)
{
    std::map<std::string, std::string> renamed;
    for (const auto& [id, original] : part.nodes()) {
        Node copy = original;
        copy.id = graph.freeId(original.type);
        copy.x += offset.x();
        copy.y += offset.y();
        renamed[id] = copy.id;
        ESPALIER_CHECK(graph.addNode(std::move(copy)));
    }
    for (const Edge& edge : part.edges())
        ESPALIER_CHECK(graph.connect({renamed.at(edge.fromNode), edge.fromPort, renamed.at(edge.toNode), edge.toPort}));
    return renamed;
}

} // namespace espalier
