// SPDX-License-Identifier: GPL-3.0-or-later
// ProjectDocument: the project that is open: its pipeline, name and file, whether it has unsaved changes, and its journal. It asks
// nothing of the user; what must be asked (discard? restore?) is decided by its caller.
#pragma once

#include "app/Journal.h"
#include "widgets/pipeline/PipelineModel.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace espalier {

class Settings;

class ProjectDocument : public QObject {
    Q_OBJECT

public:
    explicit ProjectDocument(Settings* settings, QObject* parent = nullptr);
    ~ProjectDocument() override;

    [[nodiscard]] PipelineModel* model() { return &m_model; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] Settings* settings() const { return m_settings; }
    [[nodiscard]] const QString& path() const { return m_path; } ///< empty: never saved
    /// Absolute; what relative paths and results refer to.
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] bool isModified() const { return m_open && (m_neverSaved || m_model.isModified()); }
    [[nodiscard]] Project project() const;
    /// "project" and "folder", as the engine's methods want them.
    [[nodiscard]] Json engineParams() const;

    Result<void> open(const QString& path);
    /// Fails with InvalidArgument when the project has no file yet: saveAs().
    Result<void> save();
    /// Relative files in the pipeline go on naming the same files.
    Result<void> saveAs(const QString& path);
    void openEmpty();
    /// The default pipeline for a file or folder of data, its Dataset node with @p dataset where that is not empty.
    Result<void> openData(const QString& dataFile, const Parameters& dataset = {});
    /// Copies the sample into ~/Espalier (or finds it there) and opens it.
    Result<void> openSample(const QString& sampleFolder);
    /// Forgets unsaved changes, the journal too.
    void close();

    /// Unsaved work that a program left behind for this project or, at the start, for the one it had open last.
    [[nodiscard]] std::optional<JournalEntry> leftover() const { return m_leftover; }
    void lookForLeftoverOfLastTime();
    void restoreLeftover();
    void discardLeftover();
    /// Writes the journal now instead of a second after the last edit.
    void writeJournal();

Q_SIGNALS:
    void opened();  ///< another project, or the same from its file again
    void closed();
    void changed(); ///< name, path or modified
    void leftoverFound();

private:
    void show(Project project, const QString& path, const QString& folder, bool neverSaved);
    void findLeftover(const QString& journalPath);
    void updateJournal();
    struct FileEdit {
        std::string node;
        std::string parameter;
        Json value;
    };
    [[nodiscard]] std::vector<FileEdit> rebasedFiles(const QString& newFolder) const;
    /// Whether anything had to be changed.
    bool rebaseFiles(const QString& newFolder);

    Settings* m_settings;
    PipelineModel m_model;
    Journal m_journal;
    QTimer m_journalTimer;
    std::optional<JournalEntry> m_leftover;
    QString m_leftoverPath;
    bool m_open = false;
    bool m_neverSaved = false;
    QString m_name;
    QString m_path;
    QString m_folder;
    Json m_extra = Json::object();
};

} // namespace espalier
