// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProjectFlow.h"

#include "app/ErrorText.h"
#include "app/ImportFlow.h"
#include "app/InstallPaths.h"
#include "app/MessageBar.h"
#include "app/ProjectDocument.h"
#include "engine/core/SafeFile.h"
#include "engine/graph/DefaultPipeline.h"
#include "widgets/devices/ReceiptView.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>

namespace espalier {

ProjectFlow::ProjectFlow(QWidget* window, ProjectDocument* document, MessageBar* messages, ImportFlow* import)
    : QObject(window), m_window(window), m_document(document), m_messages(messages), m_import(import)
{
    connect(document, &ProjectDocument::leftoverFound, this, &ProjectFlow::offerRecovery);
    connect(document, &ProjectDocument::opened, this, [this] { m_messages->dismiss(QStringLiteral("project")); });
}

void ProjectFlow::report(const Result<void>& result, const QString& headline)
{
    if (result)
        m_messages->dismiss(QStringLiteral("project"));
    else
        m_messages->show({QStringLiteral("project"), Message::Kind::Error, headline, errorText(result.error()), {}});
}

void ProjectFlow::newEmpty()
{
    whenSafe([this] { m_document->openEmpty(); });
}

void ProjectFlow::openProject(const QString& path)
{
    whenSafe([this, path] { report(m_document->open(path), tr("%1 could not be opened").arg(QFileInfo(path).fileName())); });
}

void ProjectFlow::openData(const QString& path)
{
    whenSafe([this, path] {
        const QFileInfo file(path);
        const Project project = defaultPipeline(file.absoluteFilePath().toStdString(), file.absolutePath().toStdString());
        m_import->ask(project.graph.node("dataset")->parameters, file.absolutePath(), [this, path](const Parameters& dataset) {
            report(m_document->openData(path, dataset), tr("%1 could not be opened").arg(QFileInfo(path).fileName()));
        });
    });
}

void ProjectFlow::openSample()
{
    whenSafe([this] { report(m_document->openSample(sampleFolder(QStringLiteral("smart-home"))), tr("The sample could not be opened")); });
}

QFileDialog* ProjectFlow::openDialog(const QString& title, const QString& filter)
{
    const QString folder = m_document->folder().isEmpty() ? QDir::homePath() : m_document->folder();
    auto* dialog = new QFileDialog(m_window, title, folder, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    return dialog;
}

QFileDialog* ProjectFlow::saveDialog(const QString& title, const QString& filter, const QString& path)
{
    auto* dialog = new QFileDialog(m_window, title, QFileInfo(path).absolutePath(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(path).fileName());
    return dialog;
}

void ProjectFlow::chooseProject()
{
    QFileDialog* dialog = openDialog(tr("Open a project"), tr("Espalier projects (*.espalier)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectFlow::openProject);
    dialog->open();
}

void ProjectFlow::chooseData()
{
    QFileDialog* dialog = openDialog(tr("Start from data"), tr("Data (*.csv *.tsv *.jsonl *.conll *.txt *.gz *.zst);;All files (*)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectFlow::openData);
    dialog->open();
}

void ProjectFlow::save() { saveThen({}); }

void ProjectFlow::saveThen(std::function<void()> next)
{
    const auto write = [this, next](const QString& path) {
        const auto saved = path.isEmpty() ? m_document->save() : m_document->saveAs(path);
        report(saved, tr("The project could not be saved"));
        if (saved && next)
            next();
    };
    if (!m_document->path().isEmpty())
        return write({});
    const QString suggested = QDir(m_document->folder()).filePath(m_document->name() + QStringLiteral(".espalier"));
    QFileDialog* dialog = saveDialog(tr("Save the project"), tr("Espalier projects (*.espalier)"), suggested);
    dialog->setDefaultSuffix(QStringLiteral("espalier"));
    connect(dialog, &QFileDialog::fileSelected, this, write);
    dialog->open();
}

void ProjectFlow::saveAs()
{
    const QString suggested = m_document->path().isEmpty() ? QDir(m_document->folder()).filePath(m_document->name() + QStringLiteral(".espalier")) : m_document->path();
    QFileDialog* dialog = saveDialog(tr("Save the project as"), tr("Espalier projects (*.espalier)"), suggested);
    dialog->setDefaultSuffix(QStringLiteral("espalier"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { report(m_document->saveAs(path), tr("The project could not be saved")); });
    dialog->open();
}

void ProjectFlow::closeProject()
{
    whenSafe([this] { m_document->close(); });
}

QString ProjectFlow::droppable(const QMimeData* data)
{
    for (const QUrl& url : data->urls()) {
        const QString path = url.toLocalFile();
        if (QFileInfo::exists(path)) // whether it is data, the import dialog says
            return path;
    }
    return {};
}

void ProjectFlow::openDropped(const QString& path)
{
    if (QFileInfo(path).suffix().toLower() == QLatin1String("espalier"))
        openProject(path);
    else
        openData(path);
}

void ProjectFlow::whenSafe(std::function<void()> next)
{
    if (!m_document->isModified()) {
        next();
        return;
    }
    auto* question = new QMessageBox(QMessageBox::Warning, tr("Unsaved changes"), tr("Save the changes to %1?").arg(m_document->name()),
                                     QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    question->setObjectName(QStringLiteral("unsavedQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("Changes that are not saved are lost."));
    question->setDefaultButton(QMessageBox::Save);
    connect(question, &QMessageBox::finished, this, [this, next = std::move(next)](int answer) {
        if (answer == QMessageBox::Save)
            saveThen(next);
        else if (answer == QMessageBox::Discard)
            next();
    });
    question->open();
}

void ProjectFlow::offerRecovery()
{
    const auto entry = m_document->leftover();
    if (!entry)
        return;
    const QString name = QString::fromStdString(entry->project.name);
    m_messages->show({QStringLiteral("recovery"), Message::Kind::Info, tr("Unsaved changes to %1 were found").arg(name),
                      tr("Espalier ended before they were saved (%1).").arg(localTimeText(entry->savedAt.toStdString())),
                      {{tr("Restore them"), [this] { whenSafe([this] { m_document->restoreLeftover(); }); }, QStringLiteral("restoreButton")},
                       {tr("Discard them"), [this] { m_document->discardLeftover(); }, QStringLiteral("discardRecoveryButton")}}});
}

void ProjectFlow::saveContent(const QString& suggestedName, const QByteArray& content)
{
    const QString filter = suggestedName.endsWith(QLatin1String(".png"))   ? tr("Images (*.png)")
                           : suggestedName.endsWith(QLatin1String(".svg")) ? tr("Drawings (*.svg)")
                                                                           : tr("Tables (*.csv)");
    const QString folder = m_document->folder().isEmpty() ? QDir::homePath() : m_document->folder();
    QFileDialog* dialog = saveDialog(tr("Save"), filter, QDir(folder).filePath(suggestedName));
    dialog->setDefaultSuffix(QFileInfo(suggestedName).suffix());
    connect(dialog, &QFileDialog::fileSelected, this, [this, content](const QString& path) {
        const std::string_view bytes(content.constData(), static_cast<std::size_t>(content.size()));
        report(writeFileSafely(path.toStdString(), bytes), tr("%1 could not be saved").arg(QFileInfo(path).fileName()));
    });
    dialog->open();
}

} // namespace espalier
