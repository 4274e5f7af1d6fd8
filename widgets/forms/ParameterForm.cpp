// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/ParameterForm.h"

#include "engine/graph/NodeCatalog.h"
#include "widgets/forms/ParameterRow.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/pipeline/PipelineModel.h"
#include "widgets/style/Theme.h"

#include <QBoxLayout>

namespace espalier {
namespace {

Json valueOf(const Node& node, const ParameterSpec& spec)
{
    const auto it = node.parameters.find(spec.id);
    return it == node.parameters.end() ? spec.fallback : it->second;
}

bool isShown(const NodeType& type, const Node& node, const ParameterSpec& spec)
{
    const ParameterSpec* ruling = spec.shownWhen.empty() ? nullptr : type.parameter(spec.shownWhen);
    if (!ruling)
        return true;
    const Json value = valueOf(node, *ruling);
    const std::string text = value.is_string() ? value.get<std::string>() : dumpJson(value);
    return std::find(spec.shownValues.begin(), spec.shownValues.end(), text) != spec.shownValues.end();
}

const NodeType* typeOf(const Node* node)
{
    return node ? nodeCatalog().find(node->type) : nullptr;
}

} // namespace

ParameterForm::ParameterForm(PipelineModel& model, QWidget* parent) : QWidget(parent), m_model(model)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2 * gridStep);
    connect(&model, &PipelineModel::nodeChanged, this, [this](const std::string& node) {
        if (node == m_node)
            refresh();
    });
    connect(&model, &PipelineModel::problemsChanged, this, &ParameterForm::refreshProblems);
}

void ParameterForm::setNode(const std::string& node)
{
    m_node = node;
    build();
}

void ParameterForm::build()
{
    for (const auto& [id, old] : m_rows)
        delete old;
    m_rows.clear();
    const NodeType* type = typeOf(m_model.graph().node(m_node));
    if (!type)
        return;
    for (const ParameterSpec& spec : type->parameters) {
        auto* row = new ParameterRow(spec, m_context, this);
        layout()->addWidget(row);
        m_rows[spec.id] = row;
        row->onEdited = [this, id = spec.id](const Json& value) { m_model.setParameter(m_node, id, value); };
    }
    refresh();
    refreshProblems();
}

void ParameterForm::refresh()
{
    const Node* node = m_model.graph().node(m_node);
    const NodeType* type = typeOf(node);
    if (!type)
        return;
    for (const ParameterSpec& spec : type->parameters) {
        ParameterRow* shown = m_rows.at(spec.id);
        shown->setValue(valueOf(*node, spec), !node->parameters.contains(spec.id));
        shown->setVisible(isShown(*type, *node, spec));
    }
}

void ParameterForm::refreshProblems()
{
    std::map<std::string, QStringList> lines;
    for (const Problem& problem : m_model.problemsOf(m_node))
        lines[problem.parameter] << problemText(m_model.graph(), problem) + QLatin1Char(' ') + problemRemedy(m_model.graph(), problem);
    for (const auto& [id, shown] : m_rows)
        shown->setProblem(lines[id].join(QLatin1Char('\n')));
}

ParameterRow* ParameterForm::row(const std::string& parameter) const
{
    const auto it = m_rows.find(parameter);
    return it == m_rows.end() ? nullptr : it->second;
}

void ParameterForm::focusParameter(const std::string& parameter)
{
    if (ParameterRow* target = row(parameter))
        target->editor()->setFocus(Qt::OtherFocusReason);
}

void ParameterForm::setDeviceNames(const QStringList& names)
{
    m_context.deviceNames = names;
    applyContext();
}

void ParameterForm::setProjectFolder(const QString& folder)
{
    m_context.projectFolder = folder;
    applyContext();
}

void ParameterForm::applyContext()
{
    for (const auto& [id, shown] : m_rows)
        shown->editor()->setContext(m_context);
}

} // namespace espalier
