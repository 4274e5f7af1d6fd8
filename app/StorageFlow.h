// SPDX-License-Identifier: GPL-3.0-or-later
// StorageFlow: the storage dialog of the open project: asks the engine what is stored, sets the limit, cleans up.
#pragma once

#include "engine/core/Json.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace espalier {

class EngineClient;
class ProjectDocument;
class StorageDialog;

class StorageFlow : public QObject {
    Q_OBJECT

public:
    StorageFlow(QWidget* window, ProjectDocument* document, EngineClient* engine);

    void open();

private:
    /// Asks what is stored; @p limit: bytes to set first, or none when negative.
    void ask(std::int64_t limit = -1);
    void cleanUp();

    QWidget* m_window;
    ProjectDocument* m_document;
    EngineClient* m_engine;
    QPointer<StorageDialog> m_dialog;
};

} // namespace espalier
