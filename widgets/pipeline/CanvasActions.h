// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas's commands as actions, so that its keys, its menus, its toolbar and the main window's Edit and View menus are
// the same things. Texts follow the language.
#pragma once

#include <QAction>

namespace espalier {

class PipelineView;

class CanvasActions : public QObject {
    Q_OBJECT

public:
    explicit CanvasActions(PipelineView& view);

    QAction* undo; ///< whole window; greyed out and named by the undo stack
    QAction* redo;
    QAction* cut;
    QAction* copy;
    QAction* paste;
    QAction* duplicate;
    QAction* remove;
    QAction* selectAll;
    QAction* rename;
    QAction* runToHere;
    QAction* tidyUp;
    QAction* fit;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* zoomReset;

    /// Texts anew, after a change of language.
    void retranslate();
    /// Enabled or not, by the selection.
    void refresh();

private:
    void setUpEdit();
    void setUpView();
    QAction* add(const QString& iconName, const QList<QKeySequence>& keys);

    PipelineView& m_view;
};

} // namespace espalier
