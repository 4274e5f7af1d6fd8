// SPDX-License-Identifier: GPL-3.0-or-later
// ParameterEditor: the field for one parameter. One kind of ParameterSpec, one kind of field; the factory is the only
// place that knows which.
#pragma once

#include "engine/core/ParameterSpec.h"

#include <QStringList>
#include <QWidget>

#include <functional>

namespace espalier {

/// What fields need to know of the surroundings.
struct EditorContext {
    QString projectFolder;    ///< relative files are relative to it; may be empty
    QStringList deviceNames;  ///< of the device list
};

class ParameterEditor : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shows @p value without reporting it. A value of a wrong kind (from a file) shows as empty or as the default.
    virtual void setValue(const Json& value) = 0;
    virtual void setContext(const EditorContext&) {}
    /// Whether the field says its own label (a check box does).
    [[nodiscard]] virtual bool showsLabel() const { return false; }

    /// Called on every change that the user makes, while typing too.
    std::function<void(const Json&)> onEdited;

protected:
    /// Lays @p field out as the whole editor and makes it take the focus.
    void setField(QWidget* field);
    void report(const Json& value) const
    {
        if (onEdited)
            onEdited(value);
    }
};

/// A new editor for @p spec, owned by @p parent; named and described for screen readers.
ParameterEditor* makeParameterEditor(const ParameterSpec& spec, const EditorContext& context, QWidget* parent);

} // namespace espalier
