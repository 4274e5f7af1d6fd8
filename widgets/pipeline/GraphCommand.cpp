// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/GraphCommand.h"

namespace espalier {

GraphCommand::GraphCommand(const QString& text, Graph before, Graph after, QString mergeKey, Apply apply)
    : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)), m_mergeKey(std::move(mergeKey)), m_apply(std::move(apply))
{
}

bool GraphCommand::mergeWith(const QUndoCommand* other)
{
    const auto* next = dynamic_cast<const GraphCommand*>(other);
    if (!next || next->m_mergeKey != m_mergeKey)
        return false;
    m_after = next->m_after;
    setObsolete(m_after == m_before); // there and back again is no edit
    return true;
}

} // namespace espalier
