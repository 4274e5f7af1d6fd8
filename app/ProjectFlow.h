// SPDX-License-Identifier: GPL-3.0-or-later
// ProjectFlow: what a user does with projects: open, save, start from data or the sample, close; with the questions that belong to
// it (unsaved changes, recovery). Dialogs open and return at once; nothing waits.
#pragma once

#include "engine/core/Result.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QFileDialog;
class QMimeData;
class QWidget;

namespace espalier {

class ImportFlow;
class MessageBar;
class ProjectDocument;

class ProjectFlow : public QObject {
    Q_OBJECT

public:
    ProjectFlow(QWidget* window, ProjectDocument* document, MessageBar* messages, ImportFlow* import);

    void newEmpty();
    void chooseData();
    void chooseProject();
    void openSample();
    void openProject(const QString& path);
    /// A new project for a file or folder of data, after showing how it would be read.
    void openData(const QString& path);
    void save();
    void saveAs();
    void closeProject();
    /// Opens what was dropped: a project where @p path ends in .espalier, else data.
    void openDropped(const QString& path);
    /// The first file of @p data that openDropped() takes; empty when there is none.
    static QString droppable(const QMimeData* data);
    /// Runs @p next now when nothing would be lost, else after asking: save, discard or cancel.
    void whenSafe(std::function<void()> next);
    /// Writes @p content into a file of the user's choice.
    void saveContent(const QString& suggestedName, const QByteArray& content);

private:
    void offerRecovery();
    void report(const Result<void>& result, const QString& headline);
    void saveThen(std::function<void()> next);
    QFileDialog* openDialog(const QString& title, const QString& filter);
    QFileDialog* saveDialog(const QString& title, const QString& filter, const QString& path);

    QWidget* m_window;
    ProjectDocument* m_document;
    MessageBar* m_messages;
    ImportFlow* m_import;
};

} // namespace espalier
