// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences without labels: from a text file with one a line, or from the text column of any file that the readers know.
#pragma once

#include "engine/core/Result.h"
#include "engine/core/RunContext.h"

#include <filesystem>
#include <string>
#include <vector>

namespace espalier {

/// A `.txt` file holds one sentence a line; of other files the text column is read and the label ignored. Blank lines are left out.
/// Errors: the file cannot be read, or holds no sentence.
Result<std::vector<std::string>> readSentences(const std::filesystem::path& file, RunContext& context);

} // namespace espalier
