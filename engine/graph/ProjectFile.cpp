// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/ProjectFile.h"

#include "engine/core/Remedy.h"
#include "engine/core/SafeFile.h"

#include <algorithm>

namespace espalier {
namespace {

constexpr auto formatField = "espalier_project";
constexpr auto repair = "Correct that place in a text editor, or restore the file from a copy.";
constexpr auto otherFile = "Choose an .espalier file.";

Json nodeToJson(const Node& node)
{
    Json json = node.extra;
    json.update({{"id", node.id}, {"type", node.type}, {"x", node.x}, {"y", node.y}});
    if (!node.title.empty())
        json["title"] = node.title;
    if (!node.parameters.empty())
        json["parameters"] = node.parameters;
    return json;
}

Result<Node> nodeFromJson(const Json& json, const std::string& path)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    Node node;
    ESPALIER_TRY(node.id, fields.text("id"));
    ESPALIER_TRY(node.type, fields.text("type"));
    ESPALIER_TRY(node.title, fields.textOr("title", ""));
    ESPALIER_TRY(node.x, fields.numberOr("x", 0));
    ESPALIER_TRY(node.y, fields.numberOr("y", 0));
    if (fields.has("parameters")) {
        ESPALIER_CHECK(fields.object("parameters"));
        for (const auto& [id, value] : json.at("parameters").items())
            node.parameters[id] = value;
    }
    node.extra = fields.unknown({"id", "type", "title", "x", "y", "parameters"});
    return node;
}

/// "node.port" in two; the node's id has no dot.
Result<std::pair<std::string, std::string>> endpointFrom(const Fields& fields, const char* name)
{
    ESPALIER_TRY(const std::string text, fields.text(name));
    const auto dot = text.find('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == text.size())
        return Error{ErrorCode::InvalidFormat, "The field '" + fields.path() + "." + name + "' is '" + text + "'; it must be written as node.port.", {}, {}};
    return std::pair{text.substr(0, dot), text.substr(dot + 1)};
}

Result<Edge> edgeFromJson(const Json& json, const std::string& path)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    ESPALIER_TRY(const auto from, endpointFrom(fields, "from"));
    ESPALIER_TRY(const auto to, endpointFrom(fields, "to"));
    return Edge{from.first, from.second, to.first, to.second};
}

Json edgeToJson(const Project& project, const Edge& edge)
{
    const auto extra = project.wireExtras.find(edge);
    Json json = extra == project.wireExtras.end() ? Json::object() : extra->second;
    json.update({{"from", edge.fromNode + "." + edge.fromPort}, {"to", edge.toNode + "." + edge.toPort}});
    return json;
}

Result<void> checkFormat(const Fields& fields, const std::string& source)
{
    const auto format = fields.integer(formatField);
    if (!format || *format < 1)
        return Error{ErrorCode::InvalidFormat, source + " is not an Espalier project: it has no field '" + formatField + "' with a format's number.", otherFile, {}};
    if (*format > projectFormat)
        return Error{ErrorCode::Unsupported, source + " was written by a newer Espalier (project format " + std::to_string(*format) + ").",
                     "Update Espalier to open it.", {}};
    return {};
}

Result<Project> contentFromJson(const Fields& fields)
{
    Project project;
    ESPALIER_TRY(project.name, fields.textOr("name", ""));
    ESPALIER_TRY(const auto nodes, fields.array("nodes"));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        ESPALIER_TRY(Node node, nodeFromJson(*nodes[i], "nodes[" + std::to_string(i) + "]"));
        ESPALIER_CHECK(project.graph.addNode(std::move(node)));
    }
    ESPALIER_TRY(const auto edges, fields.array("edges"));
    for (std::size_t i = 0; i < edges.size(); ++i) {
        ESPALIER_TRY(const Edge edge, edgeFromJson(*edges[i], "edges[" + std::to_string(i) + "]"));
        ESPALIER_CHECK(project.graph.connect(edge));
        if (Json extra = Fields::of(*edges[i], {})->unknown({"from", "to"}); !extra.empty())
            project.wireExtras[edge] = std::move(extra);
    }
    project.extra = fields.unknown({formatField, "name", "nodes", "edges"});
    return project;
}

} // namespace

Json toJson(const Project& project)
{
    Json json = project.extra;
    json[formatField] = projectFormat;
    json["name"] = project.name;
    json["nodes"] = Json::array();
    for (const auto& [id, node] : project.graph.nodes())
        json["nodes"].push_back(nodeToJson(node));
    json["edges"] = Json::array();
    for (const Edge& edge : project.graph.edges())
        json["edges"].push_back(edgeToJson(project, edge));
    return json;
}

Result<Project> projectFromJson(const Json& json, const std::string& source)
{
    if (!json.is_object())
        return Error{ErrorCode::InvalidFormat, source + " is not an Espalier project: it must be an object.", otherFile, {}};
    ESPALIER_TRY(const Fields fields, Fields::of(json, "project"));
    ESPALIER_CHECK(checkFormat(fields, source));
    auto project = contentFromJson(fields);
    if (!project)
        return withRemedy(project.error().within(source), repair);
    return project;
}

Result<Project> loadProject(const std::filesystem::path& path)
{
    const auto json = readJsonFile(path);
    if (!json)
        return withRemedy(json.error(), repair);
    return projectFromJson(*json, "'" + path.string() + "'");
}

Result<void> saveProject(const std::filesystem::path& path, const Project& project)
{
    return writeFileSafely(path, dumpJsonPretty(toJson(project)));
}

} // namespace espalier
