// SPDX-License-Identifier: GPL-3.0-or-later
// Journal: the unsaved state of a project in a hidden file beside it, written while the user edits and removed when the project is
// saved or closed. One that is found later belongs to a program that ended badly. Writing happens on a thread of its own.
#pragma once

#include "engine/graph/ProjectFile.h"

#include <QString>
#include <QThreadPool>

#include <optional>

namespace espalier {

struct JournalEntry {
    Project project;
    QString projectPath; ///< empty: the project was never saved
    QString folder;
    QString savedAt; ///< UTC, ISO 8601
    qint64 process = 0; ///< of the program that wrote it
};

class Journal {
public:
    Journal();
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// ".smart-home.espalier-journal" in @p folder.
    static QString pathFor(const QString& folder, const QString& name);
    /// Errors as for a project file. A journal of a program that still runs gives Unsupported.
    static Result<JournalEntry> read(const QString& path);

    /// Where the next write goes; what was written elsewhere before is removed.
    void moveTo(const QString& path);
    [[nodiscard]] const QString& path() const { return m_path; }
    void write(const JournalEntry& entry);
    void remove();
    /// Until all of the above is on disk; for tests and the program's end.
    void flush();

    /// A journal that was found is put out of the way of the next one, until the user has decided. Gives its new path.
    static QString putAside(const QString& path);
    static QString asidePath(const QString& path) { return path + QLatin1Char('~'); }

private:
    QString m_path;
    QThreadPool m_pool; ///< one thread, so that writes stay in order
};

} // namespace espalier
