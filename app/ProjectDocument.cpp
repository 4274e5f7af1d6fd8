// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProjectDocument.h"

#include "app/SampleCopy.h"
#include "app/Settings.h"
#include "engine/deployment/ConfigFolder.h"
#include "engine/graph/DefaultPipeline.h"
#include "engine/graph/NodeCatalog.h"
#include "widgets/pipeline/TidyLayout.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace espalier {
namespace {

constexpr int journalDelay = 1000; // ms after the first edit that is not in the journal

QString ownFolder() { return QString::fromStdString((homeFolder() / "Espalier").string()); }

} // namespace

ProjectDocument::ProjectDocument(Settings* settings, QObject* parent) : QObject(parent), m_settings(settings)
{
    m_journalTimer.setSingleShot(true);
    m_journalTimer.setInterval(journalDelay);
    connect(&m_journalTimer, &QTimer::timeout, this, &ProjectDocument::updateJournal);
    connect(&m_model, &PipelineModel::graphChanged, this, [this] {
        if (m_open && !m_journalTimer.isActive())
            m_journalTimer.start();
    });
    connect(&m_model, &PipelineModel::modifiedChanged, this, &ProjectDocument::changed);
}

ProjectDocument::~ProjectDocument()
{
    disconnect(&m_model, nullptr, this, nullptr); // the undo stack speaks while it is taken down
}

Project ProjectDocument::project() const { return {m_name.toStdString(), m_model.graph(), m_extra}; }

Json ProjectDocument::engineParams() const { return {{"project", toJson(project())}, {"folder", m_folder.toStdString()}}; }

void ProjectDocument::show(Project project, const QString& path, const QString& folder, bool neverSaved)
{
    m_path = path;
    m_folder = folder;
    m_extra = std::move(project.extra);
    m_name = QString::fromStdString(project.name);
    if (m_name.isEmpty())
        m_name = path.isEmpty() ? tr("Untitled") : QFileInfo(path).completeBaseName();
    m_open = true;
    m_neverSaved = neverSaved;
    const QString file = path.isEmpty() ? QStringLiteral("untitled") : QFileInfo(path).completeBaseName();
    m_journal.moveTo({}); // the project that was open until now is done with
    m_journal.moveTo(Journal::pathFor(folder, file));
    m_model.setGraph(std::move(project.graph));
    if (!path.isEmpty())
        m_settings->addRecentProject(path);
    Q_EMIT opened();
    Q_EMIT changed();
}

Result<void> ProjectDocument::open(const QString& path)
{
    const QFileInfo file(path);
    ESPALIER_TRY(Project project, loadProject(file.absoluteFilePath().toStdString()));
    layOutHeap(project.graph);
    show(std::move(project), file.absoluteFilePath(), file.absolutePath(), false);
    findLeftover(m_journal.path());
    return {};
}

Result<void> ProjectDocument::save()
{
    if (m_path.isEmpty())
        return Error{ErrorCode::InvalidArgument, "The project has no file yet.", "Choose one with Save as.", {}};
    ESPALIER_CHECK(saveProject(m_path.toStdString(), project()));
    m_neverSaved = false;
    m_model.setClean();
    updateJournal();
    m_settings->addRecentProject(m_path);
    Q_EMIT changed();
    return {};
}

Result<void> ProjectDocument::saveAs(const QString& path)
{
    const QFileInfo file(path);
    const QString oldPath = m_path;
    const QString oldFolder = m_folder;
    const QString oldName = m_name;
    const bool rebased = file.absolutePath() != m_folder && rebaseFiles(file.absolutePath());
    m_path = file.absoluteFilePath();
    m_folder = file.absolutePath();
    m_name = file.completeBaseName();
    if (const auto saved = save(); !saved) {
        m_path = oldPath;
        m_folder = oldFolder;
        m_name = oldName;
        if (rebased)
            m_model.undoStack()->undo();
        return saved.error();
    }
    m_journal.moveTo(Journal::pathFor(m_folder, file.completeBaseName()));
    return {};
}

std::vector<ProjectDocument::FileEdit> ProjectDocument::rebasedFiles(const QString& newFolder) const
{
    const QDir from(m_folder);
    const QDir to(newFolder);
    std::vector<FileEdit> edits;
    for (const auto& [id, node] : m_model.graph().nodes()) {
        const NodeType* type = nodeCatalog().find(node.type);
        for (const auto& [parameter, value] : node.parameters) {
            const ParameterSpec* spec = type ? type->parameter(parameter) : nullptr;
            if (!spec || spec->kind != ParameterKind::File || !value.is_string() || value.get<std::string>().empty())
                continue;
            const QString file = from.absoluteFilePath(QString::fromStdString(value.get<std::string>()));
            const QString relative = to.relativeFilePath(file);
            const Json written = (relative.startsWith(QLatin1String("..")) ? file : relative).toStdString();
            if (written != value)
                edits.push_back({id, parameter, written});
        }
    }
    return edits;
}

bool ProjectDocument::rebaseFiles(const QString& newFolder)
{
    const auto edits = rebasedFiles(newFolder);
    if (edits.empty())
        return false;
    m_model.undoStack()->beginMacro(tr("Save in another folder"));
    for (const FileEdit& edit : edits)
        m_model.setParameter(edit.node, edit.parameter, edit.value);
    m_model.undoStack()->endMacro();
    return true;
}

void ProjectDocument::openEmpty()
{
    QDir().mkpath(ownFolder());
    show({}, {}, ownFolder(), false);
    findLeftover(m_journal.path());
}

Result<void> ProjectDocument::openData(const QString& dataFile, const Parameters& dataset)
{
    const QFileInfo file(dataFile);
    if (!file.exists() || !file.isReadable())
        return Error{ErrorCode::NotFound, "The file '" + dataFile.toStdString() + "' cannot be read.", "Choose another file.", {}};
    const QString folder = file.absolutePath();
    show(defaultPipeline(file.absoluteFilePath().toStdString(), folder.toStdString(), dataset), {}, folder, true);
    findLeftover(m_journal.path());
    return {};
}

Result<void> ProjectDocument::openSample(const QString& sampleFolder)
{
    if (sampleFolder.isEmpty())
        return Error{ErrorCode::NotFound, "The sample was not installed with this program.", "Install Espalier anew, or open a file of your own.", {}};
    ESPALIER_TRY(const auto project, copySample(sampleFolder.toStdString(), ownFolder().toStdString()));
    return open(QString::fromStdString(project.string()));
}

void ProjectDocument::close()
{
    m_open = false;
    m_neverSaved = false;
    m_journalTimer.stop();
    m_journal.moveTo({});
    m_settings->setOpenJournal({});
    m_path.clear();
    m_name.clear();
    m_model.setGraph({});
    Q_EMIT closed();
    Q_EMIT changed();
}

void ProjectDocument::writeJournal()
{
    m_journalTimer.stop();
    updateJournal();
}

void ProjectDocument::updateJournal()
{
    if (!isModified()) {
        m_journal.remove();
        m_settings->setOpenJournal({});
        return;
    }
    m_journal.write({project(), m_path, m_folder, {}, 0});
    if (m_settings->openJournal() != m_journal.path())
        m_settings->setOpenJournal(m_journal.path());
}

void ProjectDocument::findLeftover(const QString& journalPath)
{
    m_leftover.reset();
    m_leftoverPath = Journal::asidePath(journalPath);
    if (Journal::read(journalPath))
        Journal::putAside(journalPath);
    if (auto entry = Journal::read(m_leftoverPath)) {
        m_leftover = std::move(*entry);
        Q_EMIT leftoverFound();
    }
}

void ProjectDocument::lookForLeftoverOfLastTime()
{
    const QString path = m_settings->openJournal();
    if (m_open || path.isEmpty())
        return;
    findLeftover(path);
    if (!m_leftover)
        m_settings->setOpenJournal({});
}

void ProjectDocument::restoreLeftover()
{
    if (!m_leftover)
        return;
    const JournalEntry entry = *m_leftover;
    m_leftover.reset();
    show(entry.project, entry.projectPath, entry.folder, true);
    writeJournal();
    m_journal.flush(); // only then may the other copy go
    QFile::remove(m_leftoverPath);
}

void ProjectDocument::discardLeftover()
{
    if (m_leftover)
        QFile::remove(m_leftoverPath);
    m_leftover.reset();
    if (!m_open)
        m_settings->setOpenJournal({});
}

} // namespace espalier
