// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/InstallPaths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace espalier {

QString engineProgram()
{
    if (const QString named = qEnvironmentVariable("ESPALIER_ENGINE"); !named.isEmpty())
        return named;
    const QDir here(QCoreApplication::applicationDirPath());
    for (const char* place : {"espalier-engine", "../libexec/espalier/espalier-engine", "../engine/service/espalier-engine",
                              "../../engine/service/espalier-engine"}) {
        const QFileInfo candidate(here.filePath(QString::fromLatin1(place)));
        if (candidate.isFile() && candidate.isExecutable())
            return candidate.canonicalFilePath();
    }
    return {};
}

QString sampleFolder(const QString& name)
{
    const QDir here(QCoreApplication::applicationDirPath());
    for (const QString& root : {here.filePath(QStringLiteral("../share/espalier/samples")), QStringLiteral(ESPALIER_SAMPLE_FOLDER)})
        if (const QFileInfo folder(QDir(root).filePath(name)); folder.isDir())
            return folder.canonicalFilePath();
    return {};
}

} // namespace espalier
