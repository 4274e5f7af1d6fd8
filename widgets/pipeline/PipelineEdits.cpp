// SPDX-License-Identifier: GPL-3.0-or-later
// The edits of PipelineModel: each builds the next graph and hands it to edit().
#include "widgets/pipeline/PipelineModel.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/GraphClipboard.h"
#include "widgets/pipeline/NodeGeometry.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/TidyLayout.h"
#include "widgets/style/CatalogText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace espalier {
namespace {

Result<void> freeInput(Graph& graph, const std::string& node, const std::string& port)
{
    if (const Edge* taken = graph.edgeInto(node, port))
        return graph.disconnect(Edge(*taken)); // a copy: the original lies in the list that changes
    return {};
}

Result<void> addTo(Graph& graph, const std::string& id, const std::string& type, const QPointF& position)
{
    ESPALIER_CHECK(nodeCatalog().get(type));
    const QPointF snapped = snapToGrid(position);
    return graph.addNode({.id = id, .type = type, .x = snapped.x(), .y = snapped.y()});
}

QByteArray clipboardText()
{
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    return data && data->hasFormat(nodesMimeType) ? data->data(nodesMimeType) : QByteArray();
}

PipelineModel::Ids newIds(const std::map<std::string, std::string>& renamed)
{
    PipelineModel::Ids ids;
    for (const auto& [original, copy] : renamed)
        ids.push_back(copy);
    return ids;
}

} // namespace

std::string PipelineModel::addNode(const std::string& type, const QPointF& position)
{
    const std::string id = m_graph.freeId(type);
    const bool added = edit(tr("Add %1").arg(nodeTypeLabel(type)), {}, [&](Graph& graph) { return addTo(graph, id, type, position); });
    return added ? id : std::string();
}

std::string PipelineModel::addConnectedNode(const std::string& type, const QPointF& position, Edge wire)
{
    const std::string id = m_graph.freeId(type);
    (wire.fromNode.empty() ? wire.fromNode : wire.toNode) = id;
    const bool added = edit(tr("Add %1").arg(nodeTypeLabel(type)), {}, [&](Graph& graph) -> Result<void> {
        ESPALIER_CHECK(addTo(graph, id, type, position));
        ESPALIER_CHECK(freeInput(graph, wire.toNode, wire.toPort));
        return graph.connect(wire);
    });
    return added ? id : std::string();
}

bool PipelineModel::removeItems(const Ids& nodes, const std::vector<Edge>& edges)
{
    if (nodes.empty() && edges.empty())
        return true;
    const QString text = nodes.size() == 1 ? tr("Delete %1").arg(titleOf(nodes.front())) : nodes.empty() && edges.size() == 1 ? tr("Disconnect") : tr("Delete selection");
    return edit(text, {}, [&](Graph& graph) -> Result<void> {
        for (const Edge& edge : edges)
            ESPALIER_CHECK(graph.disconnect(edge));
        for (const std::string& node : nodes)
            ESPALIER_CHECK(graph.removeNode(node));
        return {};
    });
}

bool PipelineModel::moveNodes(const std::map<std::string, QPointF>& positions, const QString& mergeKey)
{
    if (positions.empty())
        return true;
    const QString text = positions.size() == 1 ? tr("Move %1").arg(titleOf(positions.begin()->first)) : tr("Move nodes");
    return edit(text, mergeKey, [&](Graph& graph) -> Result<void> {
        for (const auto& [node, position] : positions) {
            const QPointF snapped = snapToGrid(position);
            ESPALIER_CHECK(graph.moveNode(node, snapped.x(), snapped.y()));
        }
        return {};
    });
}

bool PipelineModel::connectPorts(const Edge& edge, const Edge* moved)
{
    if (const QString reason = connectRefusal(m_graph, edge); !reason.isEmpty()) {
        Q_EMIT refused(reason);
        return false;
    }
    return edit(tr("Connect %1 to %2").arg(titleOf(edge.fromNode), titleOf(edge.toNode)), {}, [&](Graph& graph) -> Result<void> {
        if (moved)
            ESPALIER_CHECK(graph.disconnect(*moved));
        ESPALIER_CHECK(freeInput(graph, edge.toNode, edge.toPort));
        return graph.connect(edge);
    });
}

bool PipelineModel::disconnectPorts(const Edge& edge)
{
    return removeItems({}, {edge});
}

bool PipelineModel::setParameter(const std::string& node, const std::string& parameter, const Json& value)
{
    const Node* target = m_graph.node(node);
    const NodeType* type = target ? nodeCatalog().find(target->type) : nullptr;
    const ParameterSpec* spec = type ? type->parameter(parameter) : nullptr;
    const QString label = spec ? catalogText(spec->label) : QString::fromStdString(parameter);
    const QString key = QString::fromStdString("parameter:" + node + "." + parameter);
    return edit(tr("Change %1 of %2").arg(label, titleOf(node)), key, [&](Graph& graph) { return graph.setParameter(node, parameter, value); });
}

bool PipelineModel::rename(const std::string& node, const QString& title)
{
    return edit(tr("Rename %1").arg(titleOf(node)), QString::fromStdString("rename:" + node),
                [&](Graph& graph) { return graph.renameNode(node, title.trimmed().toStdString()); });
}

PipelineModel::Ids PipelineModel::duplicate(const Ids& nodes)
{
    const Graph part = subgraph(m_graph, nodes);
    Ids copies;
    const QString text = nodes.size() == 1 ? tr("Duplicate %1").arg(titleOf(nodes.front())) : tr("Duplicate nodes");
    const bool done = edit(text, {}, [&](Graph& graph) -> Result<void> {
        ESPALIER_TRY(const auto renamed, insertCopies(graph, part, QPointF(4 * canvasGrid, 4 * canvasGrid)));
        copies = newIds(renamed);
        for (const Edge& edge : m_graph.edges()) // a copy is fed as its original is
            if (renamed.contains(edge.toNode) && !renamed.contains(edge.fromNode))
                ESPALIER_CHECK(graph.connect({edge.fromNode, edge.fromPort, renamed.at(edge.toNode), edge.toPort}));
        return {};
    });
    return done ? copies : Ids();
}

void PipelineModel::copy(const Ids& nodes) const
{
    if (nodes.empty())
        return;
    const QByteArray text = toClipboard(subgraph(m_graph, nodes));
    auto* data = new QMimeData; // the clipboard takes it
    data->setData(nodesMimeType, text);
    data->setText(QString::fromUtf8(text));
    QGuiApplication::clipboard()->setMimeData(data);
}

bool PipelineModel::canPaste() const
{
    return !clipboardText().isEmpty();
}

PipelineModel::Ids PipelineModel::paste(const QPointF& topLeft)
{
    const QByteArray text = clipboardText();
    if (text.isEmpty())
        return {};
    Ids copies;
    const bool done = edit(tr("Paste"), {}, [&](Graph& graph) -> Result<void> {
        ESPALIER_TRY(const Graph part, fromClipboard(text));
        const QPointF offset = snapToGrid(topLeft - graphBounds(part).topLeft());
        ESPALIER_TRY(const auto renamed, insertCopies(graph, part, offset));
        copies = newIds(renamed);
        return {};
    });
    return done ? copies : Ids();
}

bool PipelineModel::tidyUp()
{
    return edit(tr("Tidy up"), {}, [](Graph& graph) -> Result<void> {
        for (const auto& [node, position] : tidyLayout(graph))
            ESPALIER_CHECK(graph.moveNode(node, position.x(), position.y()));
        return {};
    });
}

} // namespace espalier
