// SPDX-License-Identifier: GPL-3.0-or-later
// GraphCommand: one edit of the pipeline as the graph before and after it. Graphs are small values, so this makes every
// edit exact to undo, whatever it touched. Consecutive commands with the same merge key become one.
#pragma once

#include "engine/graph/Graph.h"

#include <QString>
#include <QUndoCommand>

#include <functional>

namespace espalier {

class GraphCommand : public QUndoCommand {
public:
    using Apply = std::function<void(const Graph&)>;

    /// An empty @p mergeKey never merges.
    GraphCommand(const QString& text, Graph before, Graph after, QString mergeKey, Apply apply);

    void undo() override { m_apply(m_before); }
    void redo() override { m_apply(m_after); }
    int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    Graph m_before;
    Graph m_after;
    QString m_mergeKey;
    Apply m_apply;
};

} // namespace espalier
