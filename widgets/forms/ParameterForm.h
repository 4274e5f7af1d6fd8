// SPDX-License-Identifier: GPL-3.0-or-later
// ParameterForm: the parameters of one node, as its type describes them. What the user changes becomes undoable edits of
// the model; what changes elsewhere (undo, the compression slider) shows here. Problems stand in the line they concern.
#pragma once

#include "widgets/forms/ParameterEditor.h"

#include <map>
#include <string>

namespace espalier {

class ParameterRow;
class PipelineModel;

class ParameterForm : public QWidget {
    Q_OBJECT

public:
    /// @p model must outlive the form.
    explicit ParameterForm(PipelineModel& model, QWidget* parent = nullptr);

    /// Shows the parameters of @p node; none for an empty or unknown id.
    void setNode(const std::string& node);
    [[nodiscard]] const std::string& node() const { return m_node; }
    /// Null where the node has no such parameter.
    [[nodiscard]] ParameterRow* row(const std::string& parameter) const;
    void focusParameter(const std::string& parameter);

    void setDeviceNames(const QStringList& names);
    void setProjectFolder(const QString& folder);

private:
    void build();
    void refresh();
    void refreshProblems();
    void applyContext();

    PipelineModel& m_model;
    std::string m_node;
    EditorContext m_context;
    std::map<std::string, ParameterRow*> m_rows;
};

} // namespace espalier
