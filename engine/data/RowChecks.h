// SPDX-License-Identifier: GPL-3.0-or-later
// RowChecks: whether a row of a file, of whatever format, can be used.
#pragma once

#include "engine/data/formats/DataFormat.h"

namespace espalier {

/// Why @p row cannot be used, and what to do, in English without a full stop; empty when it can.
std::string problemOf(const ReadRow& row, const FileLayout& layout);

} // namespace espalier
