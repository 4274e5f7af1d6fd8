// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/PruneEdit.h"

#include "app/GraphQueries.h"
#include "widgets/pipeline/PipelineModel.h"

#include <QUndoStack>

namespace espalier {
namespace {

constexpr double columnWidth = 240;

std::string addPruneBehind(PipelineModel& model, const std::string& source)
{
    const Graph before = model.graph();
    const Node* from = before.node(source);
    const Edge* splits = before.edgeInto(source, "splits");
    const std::string prune = model.addConnectedNode("prune", {from->x + columnWidth, from->y + columnWidth / 2}, {source, "checkpoint", {}, "checkpoint"});
    if (prune.empty())
        return {};
    if (splits)
        model.connectPorts({splits->fromNode, splits->fromPort, prune, "splits"});
    // What took the dense checkpoint takes the pruned one now: that is what pruning is for.
    for (const Edge& edge : before.edges())
        if (edge.fromNode == source && edge.toPort == "checkpoint") {
            model.connectPorts({prune, "checkpoint", edge.toNode, edge.toPort});
            if (before.node(edge.toNode)->type == "package" && !before.edgeInto(edge.toNode, "reference"))
                model.connectPorts({source, "checkpoint", edge.toNode, "reference"}); // to show what pruning changes
        }
    return prune;
}

} // namespace

PruneEdit setPruning(PipelineModel& model, const std::string& source, const Parameters& values, const QString& title)
{
    model.undoStack()->beginMacro(title);
    PruneEdit edit{.node = pruneBehind(model.graph(), source)};
    edit.added = edit.node.empty();
    if (edit.added)
        edit.node = addPruneBehind(model, source);
    if (!edit.node.empty())
        for (const auto& [id, value] : values)
            model.setParameter(edit.node, id, value);
    model.undoStack()->endMacro();
    return edit;
}

} // namespace espalier
