// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodeText.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/style/CatalogText.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace espalier {
namespace {

QString phrase(const char* english)
{
    return QCoreApplication::translate("NodeText", english);
}

QString numberText(double value)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'g', 10);
}

const PortSpec* findPort(const Node& node, const std::string& port, bool input)
{
    const NodeType* type = nodeCatalog().find(node.type);
    return !type ? nullptr : input ? type->input(port) : type->output(port);
}

std::string portType(const Graph& graph, const std::string& nodeId, const std::string& port, bool input)
{
    const Node* node = graph.node(nodeId);
    const PortSpec* spec = node ? findPort(*node, port, input) : nullptr;
    return spec ? spec->type : std::string();
}

/// The graph without the wire into the edge's input, so that only the other reasons remain.
Graph withInputFreed(const Graph& graph, const Edge& edge)
{
    Graph freed = graph;
    if (const Edge* taken = graph.edgeInto(edge.toNode, edge.toPort))
        (void)freed.disconnect(*taken);
    return freed;
}

} // namespace

QString nodeTypeLabel(const std::string& type)
{
    if (const NodeType* known = nodeCatalog().find(type))
        return catalogText(known->label);
    return phrase("Unknown: %1").arg(QString::fromStdString(type));
}

QString nodeTitle(const Node& node)
{
    return node.title.empty() ? nodeTypeLabel(node.type) : QString::fromStdString(node.title);
}

QString nodeTitle(const Graph& graph, const std::string& id)
{
    const Node* node = graph.node(id);
    return node ? nodeTitle(*node) : QString::fromStdString(id);
}

QString parameterText(const ParameterSpec& spec, const Json& value)
{
    if (value.is_boolean())
        return value.get<bool>() ? phrase("on") : phrase("off");
    if (value.is_number()) {
        const QString number = numberText(value.get<double>());
        return spec.unit.empty() ? number : number + QChar(QChar::Nbsp) + catalogText(spec.unit);
    }
    if (!value.is_string())
        return QString::fromStdString(dumpJson(value));
    for (const ParameterChoice& choice : spec.choices)
        if (value == Json(choice.value))
            return catalogText(choice.label);
    return QString::fromStdString(value.get<std::string>());
}

QString nodeSummary(const Node& node)
{
    const NodeType* type = nodeCatalog().find(node.type);
    if (!type || type->parameters.empty())
        return {};
    const ParameterSpec& spec = type->parameters.front();
    const auto it = node.parameters.find(spec.id);
    const QString value = parameterText(spec, it == node.parameters.end() ? spec.fallback : it->second);
    if (spec.kind == ParameterKind::File)
        return value.isEmpty() ? phrase("No file chosen") : QFileInfo(value).fileName();
    return phrase("%1: %2").arg(catalogText(spec.label), value.isEmpty() ? QStringLiteral("–") : value);
}

QString portLabel(const Node& node, const std::string& port, bool input)
{
    const PortSpec* spec = findPort(node, port, input);
    return spec ? catalogText(spec->label) : QString::fromStdString(port);
}

QString portTypeLabel(const std::string& portType)
{
    const PortType* type = portTypes().find(portType);
    return type ? catalogText(type->label) : phrase("unknown");
}

QString edgeText(const Graph& graph, const Edge& edge)
{
    const Node* to = graph.node(edge.toNode);
    return phrase("%1 → %2: %3")
        .arg(nodeTitle(graph, edge.fromNode), nodeTitle(graph, edge.toNode), to ? portLabel(*to, edge.toPort, true) : QString::fromStdString(edge.toPort));
}

QString connectRefusal(const Graph& graph, const Edge& edge)
{
    const auto possible = withInputFreed(graph, edge).canConnect(edge);
    if (possible)
        return {};
    const std::string from = portType(graph, edge.fromNode, edge.fromPort, false);
    const std::string to = portType(graph, edge.toNode, edge.toPort, true);
    if (!from.empty() && !to.empty() && from != to)
        return phrase("This wire carries “%1”, but the input takes “%2”. Join ports of the same shape and colour.").arg(portTypeLabel(from), portTypeLabel(to));
    if (!from.empty() && !to.empty())
        return phrase("This wire would close a circle: the node would wait for its own result.");
    return QString::fromStdString(possible.error().message());
}

} // namespace espalier
