// SPDX-License-Identifier: GPL-3.0-or-later
// ImportFlow: shows how data files are read and lets the user change it, before a project is made of them or for a Dataset node that
// is there. The engine reads; the dialog shows; only accepting it changes anything.
#pragma once

#include "engine/core/ParameterSpec.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace espalier {

class EngineClient;
class ImportDialog;
class ProjectDocument;

class ImportFlow : public QObject {
    Q_OBJECT

public:
    ImportFlow(QWidget* window, ProjectDocument* document, EngineClient* engine);

    /// Opens the dialog for a Dataset node with @p dataset, relative files in @p folder, and returns at once. @p accepted is called
    /// when the user imports; never when they cancel.
    void ask(const Parameters& dataset, const QString& folder, std::function<void(const Parameters&)> accepted);
    /// The same for the current Dataset node, else the pipeline's first; accepted, it is one undoable edit.
    void editCurrent();

private:
    void read(std::size_t index, int round);
    void setParameters(const std::string& node, const Parameters& dataset);

    QWidget* m_window;
    ProjectDocument* m_document;
    EngineClient* m_engine;
    QPointer<ImportDialog> m_dialog;
    int m_round = 0; ///< of reading; answers to an earlier one are of settings that no longer hold
};

} // namespace espalier
