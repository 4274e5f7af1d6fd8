// SPDX-License-Identifier: GPL-3.0-or-later
// Inspection: looks at the beginning of a data file and says how it is written, for the user to confirm or correct.
#pragma once

#include "engine/data/Reading.h"
#include "engine/reports/DataFileReport.h"

namespace espalier {

/// What @p options leave to "auto" is found out. Errors: the file cannot be read; an option that does not fit it.
Result<DataFileReport> inspectDataFile(const std::filesystem::path& file, const ReaderOptions& options, RunContext& context);

} // namespace espalier
