// SPDX-License-Identifier: GPL-3.0-or-later
// Slices: where a model does well and badly. By length, in four parts of about the same number of sentences, and by true class.
#pragma once

#include "engine/reports/EvaluationDetails.h"

#include <vector>

namespace espalier {

/// Characters (code points) of UTF-8 text.
std::int64_t characterCount(const std::string& text);

/// Quarters by @p lengths (characters), shortest to longest, uncounted; fewer where lengths repeat. Not for no lengths.
std::vector<Slice> lengthQuarters(const std::vector<std::int64_t>& lengths);

/// Length quartiles first, shortest to longest (fewer where lengths repeat), then the classes that occur, the least accurate first.
std::vector<Slice> slicesOf(const std::vector<PredictionRow>& rows);

/// Whether @p row belongs to @p slice.
bool inSlice(const PredictionRow& row, const Slice& slice);

} // namespace espalier
