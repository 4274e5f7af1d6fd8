// SPDX-License-Identifier: GPL-3.0-or-later
// FileEditor: a path with a Browse button. Paths below the project's folder are written relative to it, so that the
// project can move. Reads and writes no file.
#pragma once

#include "widgets/forms/ParameterEditor.h"

class QToolButton;

namespace espalier {

class TextField;

class FileEditor : public ParameterEditor {
    Q_OBJECT

public:
    explicit FileEditor(QWidget* parent = nullptr);

    void setValue(const Json& value) override;
    void setContext(const EditorContext& context) override;

private:
    void browse();
    void choose(const QString& path);

    TextField* m_field;
    QToolButton* m_browse;
    QString m_folder;
};

} // namespace espalier
