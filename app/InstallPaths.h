// SPDX-License-Identifier: GPL-3.0-or-later
// InstallPaths: where the window finds what it came with, installed or in a build tree: the engine and the samples.
#pragma once

#include <QString>

namespace espalier {

/// espalier-engine: $ESPALIER_ENGINE, beside this program, ../libexec/espalier, or the build tree. Empty when there is none.
QString engineProgram();
/// The folder of the sample @p name (resources/samples in the source tree). Empty when it is not there.
QString sampleFolder(const QString& name);

} // namespace espalier
