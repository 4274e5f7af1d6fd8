// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/NodeText.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/style/CatalogText.h"

#include <QCoreApplication>
#include <QLocale>

namespace espalier {
namespace {

QString phrase(const char* english)
{
    return QCoreApplication::translate("ProblemText", english);
}

/// The problem's kind, told from where it stands; the engine's message is shown where none fits.
enum class Kind { NoWire, Empty, OutOfRange, MissingFile, UnknownType, EmptyPipeline, Other };

struct Located {
    const Node* node = nullptr;
    const NodeType* type = nullptr;
    const ParameterSpec* spec = nullptr;
    Json value;
};

Located locate(const Graph& graph, const Problem& problem)
{
    Located located;
    located.node = graph.node(problem.node);
    located.type = located.node ? nodeCatalog().find(located.node->type) : nullptr;
    located.spec = located.type ? located.type->parameter(problem.parameter) : nullptr;
    if (located.spec) {
        const auto it = located.node->parameters.find(problem.parameter);
        located.value = it == located.node->parameters.end() ? located.spec->fallback : it->second;
    }
    return located;
}

Kind parameterKind(const Located& at)
{
    if (at.value.is_string() && at.spec->required && at.value.get_ref<const std::string&>().empty())
        return Kind::Empty;
    if (at.value.is_number() && at.spec->minimum < at.spec->maximum && !checkParameter(*at.spec, at.value))
        return Kind::OutOfRange;
    return Kind::Other;
}

Kind kindOf(const Graph& graph, const Problem& problem, const Located& at)
{
    if (problem.node.empty() && graph.nodes().empty())
        return Kind::EmptyPipeline;
    if (at.type && !problem.input.empty() && at.type->input(problem.input) && !graph.edgeInto(problem.node, problem.input))
        return Kind::NoWire;
    if (at.node && !at.type)
        return Kind::UnknownType;
    if (!at.spec)
        return Kind::Other;
    const Kind kind = parameterKind(at);
    if (kind == Kind::Other && at.spec->kind == ParameterKind::File && problem.message.ends_with("does not exist."))
        return Kind::MissingFile;
    return kind;
}

QString rangeText(const ParameterSpec& spec)
{
    return phrase("“%1” must be from %2 to %3.")
        .arg(catalogText(spec.label), QLocale().toString(spec.minimum, 'g', 10), QLocale().toString(spec.maximum, 'g', 10));
}

} // namespace

QString problemText(const Graph& graph, const Problem& problem)
{
    const Located at = locate(graph, problem);
    switch (kindOf(graph, problem, at)) {
    case Kind::NoWire: return phrase("The input “%1” has no wire.").arg(portLabel(*at.node, problem.input, true));
    case Kind::Empty: return phrase("“%1” is empty.").arg(catalogText(at.spec->label));
    case Kind::OutOfRange: return rangeText(*at.spec);
    case Kind::MissingFile: return phrase("The file “%1” does not exist.").arg(QString::fromStdString(at.value.get<std::string>()));
    case Kind::UnknownType: return phrase("This version does not know nodes of the type “%1”.").arg(QString::fromStdString(at.node->type));
    case Kind::EmptyPipeline: return phrase("The pipeline is empty.");
    case Kind::Other: break;
    }
    return QString::fromStdString(problem.message);
}

QString problemRemedy(const Graph& graph, const Problem& problem)
{
    const Located at = locate(graph, problem);
    switch (kindOf(graph, problem, at)) {
    case Kind::NoWire: return phrase("Connect an output of the type “%1” to it.").arg(portTypeLabel(at.type->input(problem.input)->type));
    case Kind::Empty: return phrase("Choose a value.");
    case Kind::OutOfRange: return phrase("Enter a value within the range.");
    case Kind::MissingFile: return phrase("Choose another file.");
    case Kind::UnknownType: return phrase("Open the project with the version that made it, or remove the node.");
    case Kind::EmptyPipeline: return phrase("Drag a node onto the canvas, or drop a file of labelled sentences on the window.");
    case Kind::Other: break;
    }
    return QString::fromStdString(problem.remedy);
}

} // namespace espalier
