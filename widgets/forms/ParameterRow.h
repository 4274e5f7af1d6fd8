// SPDX-License-Identifier: GPL-3.0-or-later
// ParameterRow: one parameter in a form: label, field, help in small print, the problem or a note if there is one, and a
// button that sets the default again.
#pragma once

#include "widgets/forms/ParameterEditor.h"

class QLabel;
class QToolButton;

namespace espalier {

class ParameterRow : public QWidget {
    Q_OBJECT

public:
    ParameterRow(const ParameterSpec& spec, const EditorContext& context, QWidget* parent);

    [[nodiscard]] ParameterEditor* editor() const { return m_editor; }
    [[nodiscard]] QToolButton* resetButton() const { return m_reset; }
    [[nodiscard]] QString problem() const;

    void setValue(const Json& value, bool isDefault);
    /// Empty: no problem.
    void setProblem(const QString& text);
    /// What the default comes to here ("Found: tabs"). Empty: nothing to say.
    void setNote(const QString& text);
    [[nodiscard]] QString note() const;

    /// Null asks for the default.
    std::function<void(const Json&)> onEdited;

private:
    void layOut(const ParameterSpec& spec);

    ParameterEditor* m_editor;
    QToolButton* m_reset;
    QLabel* m_problem;
    QLabel* m_note;
    QString m_help;
};

} // namespace espalier
