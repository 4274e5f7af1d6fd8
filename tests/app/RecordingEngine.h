// SPDX-License-Identifier: GPL-3.0-or-later
// RecordingEngine: stands in for the engine where a test wants to see what it is asked, and no answer: it writes all down.
#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace espalier::test {

/// Its program, in @p folder; what it is asked comes into the file `asked` there. Empty: it could not be written.
inline QString recordingEngine(const QTemporaryDir& folder)
{
    QFile engine(folder.filePath("engine"));
    if (!engine.open(QIODevice::WriteOnly))
        return {};
    engine.write("#!/bin/sh\nexec cat > '" + folder.filePath("asked").toUtf8() + "'\n");
    engine.setPermissions(engine.permissions() | QFileDevice::ExeOwner);
    return engine.fileName();
}

} // namespace espalier::test
