// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Journal.h"

#include "engine/core/SafeFile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>

namespace espalier {
namespace {

constexpr auto formatField = "espalier_journal";

bool isAlive(qint64 process)
{
    if (process <= 0 || process == QCoreApplication::applicationPid())
        return false;
    QFile name(QStringLiteral("/proc/%1/comm").arg(process));
    return name.open(QIODevice::ReadOnly) && name.readAll().startsWith("espalier");
}

} // namespace

Journal::Journal() { m_pool.setMaxThreadCount(1); }

Journal::~Journal() { flush(); }

QString Journal::pathFor(const QString& folder, const QString& name)
{
    return QDir(folder).filePath(QStringLiteral(".%1.espalier-journal").arg(name));
}

Result<JournalEntry> Journal::read(const QString& path)
{
    ESPALIER_TRY(const Json json, readJsonFile(path.toStdString()));
    const std::string source = "'" + path.toStdString() + "'";
    ESPALIER_TRY(const Fields fields, Fields::of(json, source));
    ESPALIER_CHECK(fields.integer(formatField));
    ESPALIER_CHECK(fields.object("project"));
    JournalEntry entry;
    ESPALIER_TRY(const std::string projectPath, fields.text("path"));
    ESPALIER_TRY(const std::string folder, fields.text("folder"));
    ESPALIER_TRY(const std::string savedAt, fields.text("saved_at"));
    ESPALIER_TRY(entry.process, fields.integer("process"));
    if (isAlive(entry.process))
        return Error{ErrorCode::Unsupported, source + " belongs to an Espalier that still runs.", {}, {}};
    ESPALIER_TRY(entry.project, projectFromJson(json.at("project"), source));
    entry.projectPath = QString::fromStdString(projectPath);
    entry.folder = QString::fromStdString(folder);
    entry.savedAt = QString::fromStdString(savedAt);
    return entry;
}

void Journal::moveTo(const QString& path)
{
    if (path == m_path)
        return;
    remove();
    m_path = path;
}

void Journal::write(const JournalEntry& entry)
{
    if (m_path.isEmpty())
        return;
    const Json json{{formatField, 1},
                    {"path", entry.projectPath.toStdString()},
                    {"folder", entry.folder.toStdString()},
                    {"saved_at", QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString()},
                    {"process", QCoreApplication::applicationPid()},
                    {"project", toJson(entry.project)}};
    m_pool.start([path = m_path.toStdString(), text = dumpJsonPretty(json)] {
        if (const auto written = writeFileSafely(path, text); !written)
            qWarning("The journal could not be written: %s", written.error().message().c_str());
    });
}

void Journal::remove()
{
    if (!m_path.isEmpty())
        m_pool.start([path = m_path] { QFile::remove(path); });
}

void Journal::flush() { m_pool.waitForDone(); }

QString Journal::putAside(const QString& path)
{
    const QString aside = asidePath(path);
    if (QFile::exists(path)) {
        QFile::remove(aside);
        QFile::rename(path, aside);
    }
    return aside;
}

} // namespace espalier
