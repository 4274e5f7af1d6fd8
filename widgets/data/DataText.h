// SPDX-License-Identifier: GPL-3.0-or-later
// The words for the parts of a dataset and for what a data file was found to be.
#pragma once

#include "engine/reports/DataFileReport.h"

#include <QString>

namespace espalier {

/// "Training", "Validation", "Test" for "train", "validation", "test".
QString partText(const std::string& part);
/// The name of a script, as ScriptCount has it in English: "Latin", "Han".
QString scriptText(const std::string& script);
/// "One class a text"...
QString taskText(Task task);
/// What the file was found to be, in one line: format, compression, encoding, rows and bytes.
QString fileFacts(const DataFileReport& report);

} // namespace espalier
