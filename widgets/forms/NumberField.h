// SPDX-License-Identifier: GPL-3.0-or-later
// NumberField: a spin box for Integer and Real parameters that shows as many digits as the value has ("0.002", "1e-07"),
// takes scientific notation, and leaves the mouse wheel to the page unless it has the focus.
#pragma once

#include "engine/core/ParameterSpec.h"

#include <QDoubleSpinBox>

namespace espalier {

class NumberField : public QDoubleSpinBox {
    Q_OBJECT

public:
    explicit NumberField(const ParameterSpec& spec, QWidget* parent = nullptr);

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;

private:
    [[nodiscard]] bool parse(const QString& text, double& value) const;

    bool m_integer;
};

/// Makes @p field ignore the wheel while it has no focus, so that scrolling a form changes nothing.
void ignoreWheelUnlessFocused(QWidget* field);
/// Leaves Ctrl+Z and Ctrl+Y to the window: every keystroke in the field is part of the pipeline's own undo.
void leaveUndoToWindow(QWidget* field);

} // namespace espalier
