// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/graph/Validator.h"

#include "engine/graph/NodeCatalog.h"

#include <algorithm>

namespace espalier {
namespace {

void checkInputs(const Graph& graph, const Node& node, const NodeType& type, std::vector<Problem>& problems)
{
    for (const PortSpec& port : type.inputs)
        if (port.required && !graph.edgeInto(node.id, port.id))
            problems.push_back({Problem::Severity::Error, node.id, port.id, {}, "The input '" + port.label + "' has no wire.",
                                "Connect an output of the type " + port.type + " to it."});
}

void checkFile(const Node& node, const ParameterSpec& spec, const std::string& value, const std::filesystem::path& folder, std::vector<Problem>& problems)
{
    std::error_code ignored;
    const auto path = resolvePath(folder, value);
    const bool usableFolder = spec.folderToo && std::filesystem::is_directory(path, ignored);
    if (!value.empty() && !usableFolder && !std::filesystem::is_regular_file(path, ignored))
        problems.push_back({Problem::Severity::Error, node.id, {}, spec.id, "The file '" + path.string() + "' does not exist.", "Choose another file."});
}

void checkParameters(const Node& node, const NodeType& type, const std::filesystem::path& folder, std::vector<Problem>& problems)
{
    for (const auto& [id, value] : node.parameters)
        if (!type.parameter(id))
            problems.push_back({Problem::Severity::Error, node.id, {}, id, "There is no parameter '" + id + "'.", "Remove it from the project."});
    for (const ParameterSpec& spec : type.parameters) {
        const auto it = node.parameters.find(spec.id);
        const auto checked = checkParameter(spec, it == node.parameters.end() ? spec.fallback : it->second);
        if (!checked)
            problems.push_back({Problem::Severity::Error, node.id, {}, spec.id, checked.error().detail, checked.error().remedy});
        else if (spec.kind == ParameterKind::File)
            checkFile(node, spec, checked->get<std::string>(), folder, problems);
    }
}

std::string namesOf(const Graph& graph)
{
    std::string names;
    for (const auto& [id, node] : graph.nodes())
        names += (names.empty() ? "" : ", ") + id;
    return names;
}

} // namespace

std::filesystem::path resolvePath(const std::filesystem::path& folder, const std::string& value)
{
    const std::filesystem::path path(value);
    return path.is_absolute() ? path : folder / path;
}

std::vector<Problem> validate(const Graph& graph, const std::filesystem::path& folder, const std::string& target)
{
    std::vector<Problem> problems;
    if (graph.nodes().empty())
        problems.push_back({Problem::Severity::Error, {}, {}, {}, "The pipeline is empty.", "Drag a node onto the canvas, or drop a CSV or TSV file on the window."});
    if (!target.empty() && !graph.node(target))
        problems.push_back({Problem::Severity::Error, {}, {}, {}, "There is no node '" + target + "'.", "Its nodes are: " + namesOf(graph) + "."});
    for (const std::string& id : graph.topologicalOrder(target)) {
        const Node& node = *graph.node(id);
        const NodeType* type = nodeCatalog().find(node.type);
        if (!type) {
            problems.push_back({Problem::Severity::Error, id, {}, {}, effectiveParameters(node).error().detail, effectiveParameters(node).error().remedy});
            continue;
        }
        checkInputs(graph, node, *type, problems);
        checkParameters(node, *type, folder, problems);
    }
    return problems;
}

bool hasErrors(const std::vector<Problem>& problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) { return problem.severity == Problem::Severity::Error; });
}

Json toJson(const Problem& problem)
{
    return {{"severity", problem.severity == Problem::Severity::Error ? "error" : "warning"},
            {"node", problem.node},
            {"input", problem.input},
            {"parameter", problem.parameter},
            {"message", problem.message},
            {"remedy", problem.remedy}};
}

Result<Problem> problemFromJson(const Json& json)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, "problem"));
    Problem problem;
    ESPALIER_TRY(const std::string severity, fields.text("severity"));
    problem.severity = severity == "warning" ? Problem::Severity::Warning : Problem::Severity::Error;
    ESPALIER_TRY(problem.node, fields.text("node"));
    ESPALIER_TRY(problem.input, fields.text("input"));
    ESPALIER_TRY(problem.parameter, fields.text("parameter"));
    ESPALIER_TRY(problem.message, fields.text("message"));
    ESPALIER_TRY(problem.remedy, fields.text("remedy"));
    return problem;
}

} // namespace espalier
